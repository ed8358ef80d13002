import {suggestedCommand} from '../core/invocation.ts';
import {termsMeant} from '../core/key-list/filter.ts';
import {didYouMean} from '../core/text/similar.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {sentences, t} from '../language/translate.ts';
import type {VaultContent} from '../vault/vault.ts';
import {shownKeys} from './keys.ts';
import {trashedKeys} from './trash.ts';

/** Why a vault shows no key: it never held one, or all of them are in its trash. */
export function whyNoKeys(content: VaultContent): string {
	const trashed = trashedKeys(content).length;
	if (trashed === 0) return t`The vault holds no keys yet.`;
	return trashed === 1
		? t`The only key of this vault is in its trash.`
		: t`All ${trashed} keys of this vault are in its trash.`;
}

/** How keys come back from the trash; empty where the trash is. */
export function restoreHint(content: VaultContent): string {
	return trashedKeys(content).length === 0
		? ''
		: t`${suggestedCommand('list', '--trash')} shows the trash, and ${suggestedCommand('restore-key', 'NAME')} brings a
			key back.`;
}

/** Why a vault shows no key, and the commands by which it gets one: without a key, only the sandbox can make one. */
export function noKeysWords(content: VaultContent, isSandbox: boolean): string {
	const [add, takeOver] = [suggestedCommand('add', 'NAME'), suggestedCommand('import', 'FILE')];
	return sentences(
		whyNoKeys(content),
		restoreHint(content),
		isSandbox
			? t`${suggestedCommand('create', 'NAME')} makes a key, and ${takeOver} takes those of a bot from its file.`
			: t`${add} stores a key that was made on the exchange’s page, and ${takeOver} takes those of a bot from its file.
				okx-keys --sandbox is for trying without an account.`,
	);
}

/** Why there is nothing to test: the vault shows no key, or none that works. */
export function whyNoneToTest(content: VaultContent): string {
	return sentences(
		t`There is no key to test.`,
		shownKeys(content).length === 0
			? whyNoKeys(content)
			: t`The keys of this vault are revoked, or were never finished.`,
	);
}

/** For a list that a filter leaves empty; the command shows all of it. */
export function noMatchWords(filter: string, ...command: readonly string[]): string {
	return sentences(
		t`No key matches ${sanitize(filter)}.`,
		didYouMean(termsMeant(filter).map(term => sanitize(term))) ?? '',
		t`${suggestedCommand(...command)} shows all keys.`,
	);
}
