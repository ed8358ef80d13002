import {blockOf} from './page.ts';
import {passphrase} from './vaults.ts';

/** The environment file of a new key. */
export const envFile = (label: string) => `new_key ${label} | jq -r '
	"OKX_API_KEY=\\(.apiKey)",
	"OKX_SECRET_KEY=\\(.secretKey)",
	"OKX_PASSPHRASE=\\(.passphrase)",
	"OKX_API_BASE_URL=http://127.0.0.1:8080"' >.env`;
export const profile = `mkdir -p .okx; new_key profile | jq -r '
	"[profiles.spare]",
	"api_key = \\"\\(.apiKey)\\"",
	"secret_key = \\"\\(.secretKey)\\"",
	"passphrase = \\"\\(.passphrase)\\"",
	"base_url = \\"http://127.0.0.1:8080\\""' >.okx/config.toml`;

/** Says which words it got, and how long its credentials are. */
export const stub = `mkdir -p bin
printf '%s\\n' '#!/bin/sh' 'echo "\${0##*/}" "$@" \${#OKX_API_KEY} \${#OKX_SECRET_KEY}' >bin/python3
chmod 755 bin/python3`;

/** Programs of the page: each says which variables it got, and freqtrade what its last word's file holds. */
export const bot = `${stub}
printf '%s\\n' '#!/bin/sh' 'echo "\${0##*/}" "$@" \${#BOT_KEY} \${#BOT_SECRET}' >bot
printf '%s\\n' '#!/bin/sh' 'echo "\${0##*/} \${#FREQTRADE__EXCHANGE__KEY}"' \\
	'while [ $# -gt 1 ]; do shift; done; cat "$1"' >bin/freqtrade
cp bin/python3 bin/okx
chmod 755 bot bin/freqtrade; echo '{}' >config.json`;

/** The bot of the page, with a ccxt that says what it was given. */
export const ccxtBot = `cat >bot.js <<'END'
const fs = require('node:fs');
const ccxt = {okx: class { constructor(account) { this.account = account; } }};
${blockOf('docs/bots.md', 'js', 'Variables')}
console.log(id, Object.keys(exchange.account).join());
END`;

/** The vault of the sandbox, and a failure in it. */
export const rehearsed = (fault: string) =>
	'export OKX_KEYS_PASSPHRASE_FILE=~/sandbox.recovery\n' +
	`okx-keys() { command okx-keys --sandbox --fault ${fault} "\${@/okx-keys.key/sandbox.key}"; }`;
export const editRehearsed = (...words: readonly string[]) =>
	'export OKX_KEYS_PASSPHRASE_FILE=~/sandbox.recovery; ' +
	`retry okx-keys --sandbox edit grid --yes ${words.join(' ')}`;

/** A home without a vault. */
export const newHome = 'export HOME=$(mktemp -dp ~); unset OKX_KEYS_PASSPHRASE_FILE';
/** A copy of the vault, so that the other lines still open theirs. */
export const copied =
	'export OKX_KEYS_VAULT=$(mktemp -dp ~)/vault.json; cp .config/okx-keys/vault.json $OKX_KEYS_VAULT';
/** A vault of its own with a key of a real site, which flavours need. */
export const ofRealSite = `${copied}
okx-keys edit grid --name kept
echo '{"apiKey": "0a1b2c3d-0000-4000-8000-0123456789ab", "secretKey": "${'5'.repeat(32)}", "passphrase": "Pages-01"}' |
	okx-keys add grid --no-test`;
/** A copy of the vault from before it took a key that another program had made. */
export const notAdopted = 'export OKX_KEYS_VAULT=$(mktemp -dp ~)/vault.json; cp unadopted.json $OKX_KEYS_VAULT';
/** The same, opened by what is typed. */
export const copiedLocked = `${copied}; unset OKX_KEYS_PASSPHRASE_FILE`;
export const unlocked = ['Passphrase or recovery key', `${passphrase}\r`] as const;
export const newPassphrase = 'a passphrase of the pages';
export const typedTwice = [
	['assphrase', `${newPassphrase}\r`],
	['The same again', `${newPassphrase}\r`],
] as const;

export const lastSlot = "SLOT=$(okx-keys slots --json | jq -r '.[-1].id'); SLOT=${SLOT:0:4}";

/** The credential of a key that only the exchange has. */
export const strayFile = `cat >credential.json <<'END'\n${blockOf('docs/sandbox.md', 'json')}END
cp .config/okx-keys/vault.json unadopted.json`;

export const oldInTrash = 'okx-keys create old --sub-account gridbots01 --using main; okx-keys remove old --yes';
