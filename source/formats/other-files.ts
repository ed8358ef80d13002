import {suggestedCommand} from '../core/invocation.ts';
import {msg, t, type Translatable} from '../language/translate.ts';
import {has, memberOf, type Source} from './source.ts';

/** A kind of file that holds no keys at all, or hides them. */
export type OtherFile = {
	/** Costs little. */
	readonly isIt: (source: Source) => boolean;
	/** Continues a sentence that begins with a name. */
	readonly looksLike: Translatable;
	readonly fix: Translatable;
};

function decryptedBy(...command: readonly string[]): Translatable {
	return () => t`Decrypt it first, and import the result: ${`${command.join(' ')} | ${suggestedCommand('import')}`}`;
}

export const otherFiles: readonly OtherFile[] = [
	{
		isIt: ({text}) => /^\s*-----BEGIN PGP MESSAGE-----/.test(text),
		looksLike: msg`is encrypted with OpenPGP`,
		fix: decryptedBy('gpg', '-d', '…'),
	},
	{
		isIt: ({text}) => /^\s*\$ANSIBLE_VAULT;/.test(text),
		looksLike: msg`is encrypted with Ansible Vault`,
		fix: decryptedBy('ansible-vault', 'view', '…'),
	},
	{
		isIt: ({text, json}) =>
			text.includes('ENC[') && (has(memberOf(json().value, 'sops'), 'version') || /^sops(:|_version=)/m.test(text)),
		looksLike: msg`is encrypted with SOPS`,
		fix: decryptedBy('sops', '-d', '…'),
	},
	{
		isIt: ({beginning}) => /^\s*DOTENV_PUBLIC_KEY/m.test(beginning) && /=\s*["']?encrypted:/.test(beginning),
		looksLike: msg`is encrypted with dotenvx`,
		fix: decryptedBy('dotenvx', 'decrypt', '--stdout', '-f', '…'),
	},
	{
		isIt: ({text}) => /^\s*U2FsdGVkX1/.test(text),
		looksLike: msg`is encrypted with OpenSSL`,
		fix: decryptedBy('openssl', 'enc', '-d', '-a', '-in', '…'),
	},
	{
		isIt: ({json}) => memberOf(json().value, 'encrypted') === true && has(json().value, 'data'),
		looksLike: msg`is encrypted by Bitwarden`,
		fix: () => t`Store the key as the exchange has shown it: ${suggestedCommand('add', 'NAME')}`,
	},
	{
		isIt: ({beginning}) => /^[ -]*kind:\s*["']?SealedSecret\b/m.test(beginning),
		looksLike: msg`is a Kubernetes SealedSecret, which only its cluster can decrypt`,
		fix: () => t`Take the Secret from the cluster: kubectl get secret … -o yaml | ${suggestedCommand('import')}`,
	},
	{
		isIt: ({text}) => /^\s*-----BEGIN [A-Z ]*(KEY|CERTIFICATE)-----/.test(text),
		looksLike: msg`is a key or certificate in PEM form, not an API key`,
		fix: msg`Name the file with the API keys.`,
	},
	{
		isIt: ({text}) => /^\s*<(!doctype|html|\?xml)/i.test(text),
		looksLike: msg`is a web page`,
		fix: msg`Save the file itself, not the page that shows it.`,
	},
	{
		isIt: ({json}) => has(json().value, 'format', 'header', 'ciphertext'),
		looksLike: msg`is a vault, not a list of keys`,
		fix: () => t`Open it with --vault, or bring it back with ${suggestedCommand('restore', 'FILE')}.`,
	},
];
