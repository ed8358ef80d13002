import {suggestedCommand} from '../core/invocation.ts';
import {t} from '../language/translate.ts';
import {formatNames, formats, type FormatName} from './index.ts';
import {has, type Source} from './source.ts';

/** `looksLike` continues a sentence that begins with a name. */
export type Lookalike = {readonly looksLike: string; readonly fix: string};

/** The format of a text; undefined for an unknown one. */
export function formatOf(source: Source): FormatName | undefined {
	return formatNames.find(name => formats[name].looksLike(source));
}

/** Names what a text is that holds no keys at all, or hides them; undefined for others. Quotes nothing of it. */
export function withoutKeys({text, beginning, json}: Source): Lookalike | undefined {
	if (/^\s*-----BEGIN PGP MESSAGE-----/.test(text))
		return {
			looksLike: t`is encrypted with OpenPGP`,
			fix: t`Decrypt it first, and import the result: ${t`gpg -d … | ${suggestedCommand('import')}`}`,
		};
	if (/^\s*\$ANSIBLE_VAULT;/.test(text))
		return {
			looksLike: t`is encrypted with Ansible Vault`,
			fix: t`Decrypt it first, and import the result: ansible-vault view … | ${suggestedCommand('import')}`,
		};
	if (/^[ -]*kind:\s*["']?SealedSecret\b/m.test(beginning))
		return {
			looksLike: t`is a Kubernetes SealedSecret, which only its cluster can decrypt`,
			fix: t`Take the Secret from the cluster: kubectl get secret … -o yaml | ${suggestedCommand('import')}`,
		};
	if (/^\s*-----BEGIN [A-Z ]*(KEY|CERTIFICATE)-----/.test(text))
		return {
			looksLike: t`is a key or certificate in PEM form, not an API key`,
			fix: t`Name the file with the API keys.`,
		};
	if (/^\s*<(!doctype|html|\?xml)/i.test(text))
		return {looksLike: t`is a web page`, fix: t`Save the file itself, not the page that shows it.`};
	if (has(json().value, 'format', 'header', 'ciphertext'))
		return {
			looksLike: t`is a vault, not a list of keys`,
			fix: t`Open it with --vault, or bring it back with ${suggestedCommand('restore', 'FILE')}.`,
		};
	return undefined;
}

/** Names what another kind of text is; undefined for an unknown one. Quotes nothing of it. */
export function lookalikeOf(source: Source): Lookalike | undefined {
	const format = formatOf(source);
	return (
		withoutKeys(source) ??
		(format && {
			looksLike: t`looks like ${formats[format].about()}`,
			fix: t`Take its keys with ${suggestedCommand('import', 'FILE')}.`,
		})
	);
}
