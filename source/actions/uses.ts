import type {KeyUse, StoredKey} from '../core/key/key.ts';
import {limits} from '../core/limits.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import type {Context} from './context.ts';
import {withChangedKey} from './keys.ts';

/** Characters; for the path of a file. */
const longest = 160;

/**
 * Notes with each key where it went: the program that `exec` gave it to, the file of an export, or the part that was
 * copied, of which the last time is kept. Not under --readonly.
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
				(changed, {id}) => withChangedKey(changed, id, key => ({...key, uses: withUse(key.uses ?? [], use)})),
				content,
			),
		{routine: true},
	);
}

/** Records that somebody saw the secrets of a key, which changes nothing of it. Not under --readonly. */
export async function noteReveal(context: Context, {id, name}: Pick<StoredKey, 'id' | 'name'>): Promise<void> {
	if (context.readonly) return;
	await context.vault.change(content => content, {
		routine: true,
		activity: {events: [{what: 'revealed', keys: [{id, name}]}]},
	});
}

/** Copies are many and alike: they push no program out of the list. */
function withUse(uses: readonly KeyUse[], use: KeyUse): readonly KeyUse[] {
	const others = use.by === 'copy' ? uses.filter(({by, program}) => by !== 'copy' || program !== use.program) : uses;
	return [...others, use].slice(-limits.uses);
}
