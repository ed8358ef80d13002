import type {Expected} from './pages.ts';

/** Lines that are not run here, and why. */
export const notRun: Readonly<Record<string, string>> = {
	'npm ci && npm run sandbox': 'installs from the network; sandbox.test.ts',
	'npm ci && npm test': 'is what runs this',
	'npm ci && npm run build:executable && sudo apt install ./release/okx-keys_*.deb':
		'installs from the network; distribution/release.executable.ts drives the package',
	'npm ci && npm pack && npm install --global ./okx-keys-*.tgz':
		'installs from the network; distribution/npm-package.test.ts',
	'scp release/okx-keys_*_amd64.deb server:': 'needs another machine',
	"ssh -t server 'sudo apt install ./okx-keys_*_amd64.deb'": 'needs another machine',
	'scp release/okx-keys-*-linux-x64 root@server:/usr/local/bin/okx-keys': 'needs another machine',
	'okx-keys --sandbox': 'is the full screen; screen.test.ts',
	'okx-keys init': 'asks for a passphrase; prompts.test.ts',
	'okx-keys --sandbox init': 'asks for a passphrase; prompts.test.ts',
	'okx-keys add grid --site eea': 'asks for the key, and OKX; prompts.test.ts',
	'okx-keys export --all --age-passphrase > keys.age': 'asks for a passphrase; age-terminal.test.ts',
	'okx-keys import keys.age --dry-run': 'asks for a passphrase; age-terminal.test.ts',
	'okx-keys passwd': 'asks for a passphrase; passwd.test.ts',
	'okx-keys passwd --passphrase-file old --new-passphrase-file new': 'takes long; passwd.test.ts',
	'okx-keys doctor': 'asks OKX; doctor.test.ts',
	'okx-keys doctor --site eea': 'asks OKX; doctor.test.ts',
	'okx-keys copy grid secret-key': 'waits until it clears the clipboard; copy.test.ts',
	'okx-keys copy grid api-key --clear-after 10s': 'waits until it clears the clipboard; copy.test.ts',
	'okx-keys rekey': 'asks for a passphrase; rekey.test.ts',
	'okx-keys rekey --new-passphrase --keep-key-file /etc/okx-keys.key': 'asks for a passphrase; rekey.test.ts',
	'systemd-creds encrypt --name=okx-keys ~/okx-keys.key /etc/credstore.encrypted/okx-keys && shred -u ~/okx-keys.key':
		'seals to this machine; unattended-page.test.ts',
};

/** The environment file of a new key. */
const envFile = (label: string) => `new_key ${label} | jq -r '
	"OKX_API_KEY=\\(.apiKey)",
	"OKX_SECRET_KEY=\\(.secretKey)",
	"OKX_PASSPHRASE=\\(.passphrase)",
	"OKX_API_BASE_URL=http://127.0.0.1:8080"' >.env`;
const profile = `mkdir -p .okx; new_key profile | jq -r '
	"[profiles.spare]",
	"api_key = \\"\\(.apiKey)\\"",
	"secret_key = \\"\\(.secretKey)\\"",
	"passphrase = \\"\\(.passphrase)\\"",
	"base_url = \\"http://127.0.0.1:8080\\""' >.okx/config.toml`;

/** Says which words it got, and how long its credentials are. */
const stub = `mkdir -p bin
printf '%s\\n' '#!/bin/sh' 'echo "\${0##*/}" "$@" \${#OKX_API_KEY} \${#OKX_SECRET_KEY}' >bin/python3
chmod 755 bin/python3`;

const lastSlot = "SLOT=$(okx-keys slots --json | jq -r '.[-1].id'); SLOT=${SLOT:0:4}";

export const expectedOf: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
	'docs/sandbox.md': {
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
	'docs/life.md': {
		'okx-keys thaw grid --yes': {before: 'retry okx-keys thaw grid --yes'},
		'okx-keys undo': {before: 'okx-keys edit grid --tag night', says: /Undone: tags of grid/},
	},
	'README.md': {
		'okx-keys import .env': {before: envFile('bot')},
		'okx-keys revoke grid': {typed: 'grid\n'},
	},
	'docs/monitoring.md': {
		'*/30 * * * * okx-keys check --key-file $HOME/okx-keys.key --policy $HOME/okx-policy.json': {
			before: `echo '{"maxAgeDays": 90}' >okx-policy.json`,
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
		'okx-keys init --passphrase-file ~/passphrase --json': {environment: 'OKX_KEYS_VAULT=other.json'},
		'okx-keys --sandbox create grid --perm trade --ip 203.0.113.7': {
			before: 'okx-keys --sandbox revoke grid --yes; okx-keys --sandbox remove grid --yes',
		},
		'okx-keys create grid --sub-account gridbots01 --using main --perm trade --ip 203.0.113.7': {
			before: 'okx-keys remove grid --yes',
		},
		'pass show okx/grid | okx-keys add grid': {
			before:
				'okx-keys edit grid --name kept; new_key pass >credential; ' +
				"printf '#!/bin/sh\\ncat credential' >bin/pass; chmod 755 bin/pass",
			status: 30,
		},
		'okx-keys add paper --env demo --no-test': {
			before: 'okx-keys edit kept --name grid',
			input: 'credential',
		},
		'okx-keys edit grid --perm read,trade --ip 203.0.113.7,198.51.100.0/24': {
			before: 'okx-keys edit grid-eu --name grid',
			typed: 'y\n',
			says: /live on the exchange/,
		},
		'okx-keys edit grid --accept-live': {
			before: 'retry okx-keys edit grid --ip 127.0.0.1 --yes; okx-keys test grid',
		},
		'okx-keys remove grid': {typed: 'y\n'},
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
		'okx-keys copy grid failure': {typed: '', says: /sent to your terminal/},
		'okx-keys export grid --age-recipient age1… --output grid.age': {},
		'okx-keys add-slot ssh-agent': {
			before: 'ssh-keygen -qt ed25519 -N "" -f id; eval "$(ssh-agent)" >$RUN/agent; ssh-add -q id',
		},
		'okx-keys remove-slot 3f2a': {before: lastSlot, typed: 'y\n'},
		'okx-keys backup /mnt/usb/vault.json': {before: 'mkdir /mnt/usb'},
		'okx-keys restore /mnt/usb/vault.json': {typed: 'y\n'},
	},
	'docs/vault.md': {
		'okx-keys export --all --age-recipient age1… --output keys.age': {before: 'rm keys.age'},
		'okx-keys import keys.age --identity key.txt': {says: /0 refused/},
		'okx-keys remove-slot q8dO': {before: lastSlot, typed: 'y\n'},
	},
};
