import {isMendable, type Mendable} from '../../../actions/earlier.ts';
import {suggestedCommand} from '../../../core/invocation.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {AppError, isAppError} from '../../../core/errors.ts';
import type {Vault} from '../../../vault/vault.ts';
import {keptWords} from './backup-rows.ts';

/** What is wrong with the vault itself, so that no passphrase alone opens it. */
export type Trouble = Mendable | AppError<'vault-older'>;

export function isTrouble(error: unknown): error is Trouble {
	return isMendable(error) || isAppError(error, 'vault-older');
}

/** What can be seen of it without opening it: that it is not there. Reads the disk. */
export function missingTrouble(vault: Vault): Trouble | undefined {
	try {
		return vault.exists() ? undefined : new AppError('vault-missing', {path: sanitize(vault.path)});
	} catch {
		// Why its folder cannot be looked into is told when somebody tries to open it.
		return undefined;
	}
}

const titles: Readonly<Record<Trouble['code'], string>> = {
	'vault-missing': 'The vault is not there',
	'vault-vanished': 'The vault is not there',
	'vault-damaged': 'The vault is damaged',
	'not-a-vault': 'This file is not a vault',
	'vault-older': 'This may be an older copy',
};

/** What it is and what can be done, for the screen that asks for the passphrase. */
export function troubleWords(
	trouble: Trouble | undefined,
	vault: Vault,
	now: number,
): {readonly title: string; readonly about: string} {
	if (!trouble) return {title: 'Unlock your vault', about: ''};
	const title = titles[trouble.code];
	if (isAppError(trouble, 'vault-older'))
		return {
			title,
			about: 'It is not the newest save that this machine has seen. Type the passphrase to see what can be done.',
		};
	const earlier = vault.earlier();
	const what = 'what' in trouble.details ? sentence(sanitize(trouble.details.what)) : '';
	const then =
		earlier.length > 0
			? 'Type the passphrase or the recovery key to look at the newest one that it opens.'
			: `If you have a backup elsewhere, ${suggestedCommand('restore', 'FILE')} brings it back.`;
	return {title, about: `${what} ${keptWords(earlier, now)} ${then}`.trim()};
}

function sentence(clause: string): string {
	return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
