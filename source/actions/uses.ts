import type {KeyUse, StoredKey} from '../core/key/key.ts';
import {limits} from '../core/limits.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import type {Context} from './context.ts';
import {withChangedKey} from './keys.ts';

/** Characters; for the path of a file. */
const longest = 160;

/**
 * Notes with each key where it went: the program that `exec` gave it to, or the file of an export. Not under
 * --readonly.
 */
export async function noteUses(
	context: Context,
	keys: readonly StoredKey[],
	by: KeyUse['by'],
	program: string,
): Promise<void> {
	if (context.readonly) return;
	const use = {at: context.clock(), by, program: truncate(sanitize(program), longest)} as const;
	await context.vault.change(
		content =>
			keys.reduce(
				(changed, {id}) =>
					withChangedKey(changed, id, key => ({...key, uses: [...(key.uses ?? []), use].slice(-limits.uses)})),
				content,
			),
		{routine: true},
	);
}
