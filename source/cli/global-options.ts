import {flag, text, type ValuesOf} from './option.ts';
import {msg, type Translatable} from '../language/translate.ts';

export const globalOptions = {
	vault: text('--vault <file>', msg`use this vault (or OKX_KEYS_VAULT)`),
	passphraseFile: text(
		'--passphrase-file <file>',
		msg`read the passphrase from the first line of a file that only you can read (or OKX_KEYS_PASSPHRASE_FILE)`,
	),
	passphraseFd: text('--passphrase-fd <number>', msg`read the passphrase from an open file descriptor`),
	keyFile: text('--key-file <file>', msg`unlock with a key file, as add-slot key-file makes it (or OKX_KEYS_KEY_FILE)`),
	sandbox: flag('--sandbox', msg`use the built-in exchange, with a vault of its own`),
	fault: text(
		'--fault <name>',
		msg`simulate a failure in the sandbox, such as 50113 or tls-expired; list shows all of them`,
	),
	noSecrets: flag('--no-secrets', msg`show no secret, in a command or on the screen (or OKX_KEYS_NO_SECRETS=1)`),
	readonly: flag('--readonly', msg`change no key and no vault, here or on the exchange`),
	ascii: flag('--ascii', msg`use ASCII only (default if the locale is not UTF-8)`),
	noColor: flag('--no-color', msg`use no colours (or NO_COLOR)`),
	screenReader: flag(
		'--screen-reader',
		msg`write the full screen as lines for a screen reader (or INK_SCREEN_READER=true)`,
	),
	json: flag('--json', msg`print data as JSON`),
};

export const helpOption = flag('-h, --help', msg`print this help, or that of a command`);
export const versionOption = flag('-V, --version', msg`print the version`);

export type Globals = ValuesOf<typeof globalOptions>;

/** Example command lines for the help of the whole program. */
export const programExamples: readonly Translatable[] = [
	msg`okx-keys --sandbox            # try everything on the built-in exchange`,
	msg`okx-keys init                 # make a vault`,
	msg`okx-keys add grid             # store a key that was made on the exchange’s page`,
	msg`okx-keys test --all           # see what each key can do, and why one fails`,
];
