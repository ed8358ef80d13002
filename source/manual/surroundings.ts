import {msg, type Translatable} from '../language/translate.ts';

type VariableRow = readonly [name: string, about: Translatable];

/** The variables that the program reads. */
export const variables: readonly VariableRow[] = [
	['OKX_KEYS_VAULT', msg`The vault, where --vault names none.`],
	['OKX_KEYS_PASSPHRASE_FILE', msg`The passphrase file, where no option says how the vault is opened.`],
	['OKX_KEYS_KEY_FILE', msg`The key file, where no option says how the vault is opened.`],
	['OKX_KEYS_NO_SECRETS', msg`If it is neither empty nor 0, no secret is shown, as with --no-secrets.`],
	['OKX_KEYS_LANG', msg`The language of sentences for people; without it, that of the settings or of the locale.`],
	['XDG_CONFIG_HOME', msg`The folder that holds okx-keys/vault.json and okx-keys/settings.json; ~/.config without it.`],
	['XDG_STATE_HOME', msg`The folder that holds okx-keys/seen; ~/.local/state without it.`],
	['XDG_CACHE_HOME', msg`The folder that holds the compiled program; ~/.cache without it.`],
	['XDG_RUNTIME_DIR', msg`The folder that holds the socket of the agent, and the files of exec --file.`],
	['SSH_AUTH_SOCK', msg`The socket of the ssh-agent, whose key may open the vault.`],
	['ESCDELAY', msg`How long to wait after an Esc for the rest of a key, in milliseconds; 100 over SSH, else 50.`],
	['NO_COLOR', msg`If it is not empty, no colours, as with --no-color.`],
	[
		String.raw`https_proxy, all_proxy, no_proxy`,
		msg`The proxy to the exchange, and the hosts that need none, by the rules of curl.`,
	],
];

/** The files that the program reads or writes of its own accord. */
export const files: readonly VariableRow[] = [
	['~/.config/okx-keys/vault.json', msg`The vault, encrypted.`],
	['~/.config/okx-keys/sandbox.json', msg`The vault of --sandbox.`],
	['~/.config/okx-keys/settings.json', msg`The settings; no secret.`],
	['~/.config/okx-keys/backups/', msg`Earlier saves of both, encrypted like them.`],
	['~/.local/state/okx-keys/seen/', msg`The number of the newest save that this machine has seen of each vault.`],
	['$XDG_RUNTIME_DIR/okx-keys/agent.sock', msg`The socket of the agent, while it runs.`],
	['~/.cache/okx-keys/', msg`The program as Node.js has compiled it; no data.`],
];
