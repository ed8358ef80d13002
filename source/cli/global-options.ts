import {flag, text, type ValuesOf} from './option.ts';
import {msg} from '../language/translate.ts';

export const globalOptions = {
	vault: text('--vault <file>', msg`another vault; OKX_KEYS_VAULT does the same`),
	passphraseFile: text(
		'--passphrase-file <file>',
		msg`read the passphrase from the first line of a file that only you can read; OKX_KEYS_PASSPHRASE_FILE does the
			same`,
	),
	passphraseFd: text('--passphrase-fd <number>', msg`read the passphrase from an open file descriptor`),
	keyFile: text(
		'--key-file <file>',
		msg`open the vault with a key file, as from add-slot key-file; OKX_KEYS_KEY_FILE does the same`,
	),
	sandbox: flag('--sandbox', msg`use the exchange embedded in this program, with a vault of its own`),
	fault: text(
		'--fault <name>',
		msg`have the sandbox rehearse a failure, such as 50113 or tls-expired; list shows all of them`,
	),
	noSecrets: flag(
		'--no-secrets',
		msg`show no secret, in a command or on the screen; OKX_KEYS_NO_SECRETS=1 does the same`,
	),
	readonly: flag('--readonly', msg`change no key and no vault, here or on the exchange`),
	ascii: flag('--ascii', msg`draw and print signs in ASCII only; so it does by itself where the locale is not UTF-8`),
	noColor: flag('--no-color', msg`no colours; NO_COLOR does the same`),
	json: flag('--json', msg`print data as JSON`),
};

export const helpOption = flag('-h, --help', msg`print this help, or that of a command`);
export const versionOption = flag('-V, --version', msg`print the version`);

export type Globals = ValuesOf<typeof globalOptions>;
