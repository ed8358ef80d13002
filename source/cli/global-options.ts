import {flag, text, type ValuesOf} from './option.ts';

export const globalOptions = {
	vault: text('--vault <file>', 'another vault; OKX_KEYS_VAULT does the same'),
	passphraseFile: text(
		'--passphrase-file <file>',
		'read the passphrase from the first line of a file that only you can read; OKX_KEYS_PASSPHRASE_FILE does the same',
	),
	passphraseFd: text('--passphrase-fd <number>', 'read the passphrase from an open file descriptor'),
	keyFile: text(
		'--key-file <file>',
		'open the vault with a key file, as from add-slot key-file; OKX_KEYS_KEY_FILE does the same',
	),
	sandbox: flag('--sandbox', 'use the exchange embedded in this program, with a vault of its own'),
	fault: text(
		'--fault <name>',
		'have the sandbox rehearse a failure, such as 50113 or tls-expired; list shows all of them',
	),
	readonly: flag('--readonly', 'change no key and no vault, here or on the exchange'),
	ascii: flag('--ascii', 'draw and print signs in ASCII only; so it does by itself where the locale is not UTF-8'),
	noColor: flag('--no-color', 'no colours; NO_COLOR does the same'),
	json: flag('--json', 'print data as JSON'),
};

export type Globals = ValuesOf<typeof globalOptions>;
