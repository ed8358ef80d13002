import {blockOf} from './page.ts';
import type {Expected} from './pages.ts';
import {expectedOfLife} from './pages-expected-life.ts';
import {
	bot,
	ccxtBot,
	copied,
	copiedLocked,
	editRehearsed,
	envFile,
	lastSlot,
	newHome,
	newPassphrase,
	notAdopted,
	ofRealSite,
	profile,
	rehearsed,
	stub,
	typedTwice,
	unlocked,
} from './pages-setting.ts';
import {passphrase} from './vaults.ts';

/** Lines that are not run here, and why. */
export const notRun: Readonly<Record<string, string>> = {
	'npm ci && npm test': 'is what runs this',
	'npm ci && npm run sandbox': 'installs from the network; sandbox.test.ts',
	'npm ci && npm run build:executable && sudo apt install ./release/okx-keys_*.deb':
		'installs from the network; distribution/release.executable.ts drives the package',
	'npm ci && npm pack && npm install --global ./okx-keys-*.tgz':
		'installs from the network; distribution/npm-package.test.ts',
	'scp release/okx-keys_*_amd64.deb server:': 'needs another machine',
	"ssh -t server 'sudo apt install ./okx-keys_*_amd64.deb'": 'needs another machine',
	'scp release/okx-keys-*-linux-x64 root@server:/usr/local/bin/okx-keys': 'needs another machine',
};

export const expectedOf: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
	'docs/sandbox.md': {
		'okx-keys --sandbox': {
			shell: 'unset OKX_KEYS_PASSPHRASE_FILE',
			typed: [
				['Passphrase', `${passphrase}\r`],
				['filter', 'q'],
			],
		},
		'okx-keys --sandbox create grid --perm read,trade': {before: stub},
		'okx-keys --sandbox test --all': {says: /grid: The key works/},
		'okx-keys --sandbox exec grid -- python3 bot.py': {says: /^python3 bot.py 36 32$/m},
		'okx-keys exec paper -- python3 bot.py': {says: /^python3 bot.py 36 32$/m},
		'okx-keys --fault list': {says: /tls-expired/},
		'okx-keys --sandbox --fault 50110 test main': {status: 22, says: /50110/},
		'okx-keys --sandbox --fault tls-expired test main': {status: 30, says: /expired/},
	},
	'docs/test.md': {
		'okx-keys test grid': {
			before:
				'okx-keys edit paper --name main; ' +
				'okx-keys create grid --sub-account gridbots01 --using main --perm trade --ip 127.0.0.1',
			says: /grid: The key works: read, trade/,
		},
		'okx-keys test --all': {
			says: /main: The key works[^]*grid: The key works|grid: The key works[^]*main: The key works/,
		},
		'okx-keys test grid --prove-trade': {says: /ok +trade/},
	},
	'docs/life.md': expectedOfLife,
	'docs/bots.md': {
		'okx-keys exec grid --flavour okx-cli -- okx account config': {before: bot, says: /^okx account config 36 32$/m},
		'okx-keys exec grid --flavour freqtrade -- freqtrade trade --config config.json': {
			shell: ofRealSite,
			says: /^freqtrade 36$/m,
		},
		'okx-keys exec grid --set BOT_KEY={apiKey} --set BOT_SECRET={secretKey} --set BOT_PASS={passphrase} -- ./bot': {
			says: /^bot 36 32$/m,
		},
		[[
			'okx-keys exec grid --file OKX --format freqtrade --',
			`sh -c 'freqtrade trade --config config.json --config "$OKX"'`,
		].join(' ')]: {says: /^freqtrade 0$[^]*"secret": "\w{32}"/m},
		'okx-keys exec grid --file OKX_ACCOUNT -- node bot.js': {
			before: ccxtBot,
			says: /^okx apiKey,secret,password/m,
		},
		'okx-keys export grid --format okx-cli --reveal --output ~/.okx/config.toml': {},
		'okx-keys export grid --format freqtrade --reveal --output user_data/config-okx.json': {before: 'mkdir user_data'},
		'okx-keys export grid --format env --dialect systemd --reveal --output /etc/bot/okx.env': {
			before: 'mkdir /etc/bot',
		},
	},
	'README.md': {
		'$ okx-keys test grid': {
			before: editRehearsed('--ip', '198.51.100.9'),
			shell: rehearsed('tls'),
			status: 22,
		},
		'okx-keys import .env': {before: envFile('bot')},
		'okx-keys incident grid': {typed: [['grid', 'grid\r']]},
	},
	'docs/monitoring.md': {
		'$ okx-keys check --key-file ~/okx-keys.key': {
			before: editRehearsed('--perm', 'read', '--ip', '127.0.0.1'),
			shell: rehearsed('permission-appeared'),
			status: 40,
		},
		'*/30 * * * * okx-keys check --key-file $HOME/okx-keys.key --policy $HOME/okx-policy.json': {
			before: `cat >okx-policy.json <<'END'\n${blockOf('docs/monitoring.md', 'json')}END`,
			status: 41,
			says: /policy violated: .*site/,
		},
	},
	'docs/settings.md': {
		'okx-keys settings': {
			before: `cat >.config/okx-keys/settings.json <<'END'\n${blockOf('docs/settings.md', 'json')}END`,
			says: /^lock-time +5m [^]*^keys.key.test +t ctrl\+t /m,
		},
		'okx-keys add grid --site https://okx.example.com': {
			before: 'okx-keys edit grid --name earlier',
			typed: [
				['API key', '0a1b2c3d-0000-4000-8000-0123456789ab\r'],
				['Secret key', 'CANARY9SECRET9CANARY9SECRET9CANA\r'],
				['Passphrase', 'Canary-Pass9!\r'],
			],
			status: 30,
		},
	},
	'docs/import.md': {
		'okx-keys import ~/.okx/config.toml --dry-run': {before: profile, says: /spare/},
		'okx-keys import ~/.okx/config.toml': {says: /spare/},
		'okx-keys import .env --name grid --shred': {before: envFile('shredded')},
		'age -d -i key.txt keys.age | okx-keys import': {
			before:
				'age-keygen -o key.txt 2>/dev/null; RECIPIENT=$(age-keygen -y key.txt); ' +
				'okx-keys export main --age-recipient $RECIPIENT --output keys.age',
		},
	},
	'docs/scan.md': {
		'okx-keys scan': {status: 41, says: /exchange.json/},
		"okx-keys scan ~/bots --exclude '*.csv'": {before: 'mkdir bots; cp exchange.json bots/keys.csv'},
	},
	'docs/install.md': {},
	'docs/commands.md': {
		'okx-keys init': {shell: newHome, typed: typedTwice},
		'okx-keys --sandbox init': {shell: newHome, typed: typedTwice},
		'okx-keys add grid --site eea': {
			before: 'okx-keys edit grid --name kept',
			typed: [
				['API key', '0a1b2c3d-0000-4000-8000-0123456789ab\r'],
				['Secret key', 'CANARY9SECRET9CANARY9SECRET9CANA\r'],
				['Passphrase', 'Canary-Pass9!\r'],
			],
			status: 30,
		},
		'okx-keys revoke grid': {typed: [['grid', 'no\r']], status: 3},
		'okx-keys incident grid --yes --since 24h --report leak.md': {before: 'rm -f leak.md'},
		'okx-keys copy grid secret-key': {typed: [['Cleared in', '\u0003']], status: 130},
		'okx-keys copy grid api-key --clear-after 10s': {typed: [['Cleared in', '\u0003']], status: 130},
		'okx-keys export --all --age-passphrase > keys.age': {typed: typedTwice},
		'okx-keys import keys.age --dry-run': {typed: [['Passphrase of the age file', `${newPassphrase}\r`]]},
		'okx-keys passwd': {shell: copied, typed: typedTwice},
		'okx-keys passwd --passphrase-file old --new-passphrase-file new': {
			shell: copied,
			before: `cp passphrase old; echo '${newPassphrase}' >new; chmod 600 new`,
		},
		'okx-keys rekey': {shell: copiedLocked, typed: [unlocked, ['[y/N]', 'y\r']]},
		'okx-keys rekey --new-passphrase --keep-key-file /etc/okx-keys.key': {
			shell: copiedLocked,
			typed: [unlocked, ...typedTwice, ['[y/N]', 'y\r']],
		},
		'okx-keys init --passphrase-file ~/passphrase --json': {shell: 'export OKX_KEYS_VAULT=other.json'},
		'okx-keys --sandbox create grid --perm trade --ip 203.0.113.7': {
			before: 'okx-keys --sandbox revoke grid --yes; okx-keys --sandbox remove grid --yes',
		},
		'okx-keys create grid --sub-account gridbots01 --using main --perm trade --ip 203.0.113.7': {
			before: 'okx-keys remove grid --yes',
		},
		'pass show okx/grid | okx-keys add grid': {
			before: "new_key pass >credential; printf '#!/bin/sh\\ncat credential' >bin/pass; chmod 755 bin/pass",
			status: 30,
		},
		'okx-keys add paper --env demo --no-test': {
			before: 'okx-keys edit kept --name grid',
			input: 'credential',
		},
		'okx-keys edit grid --perm read,trade --ip 203.0.113.7,198.51.100.0/24': {
			before: 'okx-keys edit grid-eu --name grid',
			typed: [['[y/N]', 'y\r']],
			says: /to be changed on the exchange/,
		},
		'okx-keys edit grid --accept-live': {
			before: 'retry okx-keys edit grid --ip 127.0.0.1 --yes; okx-keys test grid',
		},
		'okx-keys adopt --import oldbots01/telegrambot --name telegram': {shell: notAdopted, input: 'credential.json'},
		'okx-keys adopt --delete oldbots01/telegrambot --yes': {before: 'okx-keys remove telegram --yes'},
		'okx-keys remove grid': {typed: [['[y/N]', 'y\r']]},
		'okx-keys test --all --json': {
			before:
				'okx-keys remove paper --yes; okx-keys remove grid --yes; ' +
				'retry okx-keys create grid --sub-account gridbots01 --using main --ip 203.0.113.7',
			status: 22,
		},
		'okx-keys scan . --json': {status: 41},
		'okx-keys check --nagios --key-file /etc/okx-keys.key': {status: 2, says: /^OKX KEYS CRITICAL/},
		'okx-keys check --key-file /etc/okx-keys.key': {
			status: 22,
			before: 'cp okx-keys.key /etc/okx-keys.key',
		},
		'okx-keys check grid --policy policy.json': {
			status: 22,
			before: 'cp okx-policy.json policy.json',
		},
		'okx-keys exec grid --flavour okx-cli -- okx account balance': {before: 'cp bin/python3 bin/okx'},
		'okx-keys exec grid --fd OKX_ACCOUNT -- node bot.js': {
			before:
				'echo \'console.log(Object.keys(JSON.parse(require("fs").readFileSync(process.env.OKX_ACCOUNT, "utf8"))))\' ' +
				'>bot.js',
		},
		"okx-keys exec grid hedge -- sh -c 'echo $GRID_OKX_API_KEY $HEDGE_OKX_API_KEY'": {
			before: 'retry okx-keys create hedge --sub-account gridbots01 --using main',
			says: /^[\da-f-]{36} [\da-f-]{36}$/m,
		},
		'okx-keys copy grid failure': {typed: [], says: /sent to your terminal/},
		'okx-keys export grid --age-recipient age1… --output grid.age': {},
		'okx-keys add-slot ssh-agent': {
			before: 'ssh-keygen -qt ed25519 -N "" -f id; eval "$(ssh-agent)" >$RUN/agent; ssh-add -q id',
		},
		'okx-keys remove-slot 3f2a': {before: lastSlot, typed: [['[y/N]', 'y\r']]},
		'okx-keys backup /mnt/usb/vault.json': {before: 'mkdir /mnt/usb'},
		'okx-keys restore /mnt/usb/vault.json': {typed: [['[y/N]', 'y\r']]},
	},
	'docs/vault.md': {
		'okx-keys export --all --age-recipient age1… --output keys.age': {before: 'rm keys.age'},
		'okx-keys import keys.age --identity key.txt': {says: /0 refused/},
		'okx-keys remove-slot q8dO': {before: lastSlot, typed: [['[y/N]', 'y\r']]},
	},
};
