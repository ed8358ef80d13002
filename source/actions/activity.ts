import {withUnfinished} from '../core/key/operation.ts';
import type {Problem} from '../core/problem.ts';
import {formatMinute} from '../core/text/time.ts';
import {looksLike} from '../core/text/name.ts';
import {sentences, t} from '../language/translate.ts';
import {endsAsWritten, readActivity, type ActivityBreak, type ReadEntry} from '../vault/activity/read.ts';
import type {VaultContent} from '../vault/vault.ts';
import {suggestedCommand} from '../core/invocation.ts';
import type {Context} from './context.ts';
import {shownByName} from './keys.ts';

export {readActivity, type ReadEntry};

/**
 * The entries about keys that have, or had at that time, one of these names: also about what they were called before.
 * Throws `no-such-key` for a name that neither a key nor an entry has.
 */
export function entriesAbout(
	content: VaultContent,
	entries: readonly ReadEntry[],
	names: readonly string[],
): readonly ReadEntry[] {
	if (names.length === 0) return entries;
	const ids = new Set(names.flatMap(name => idsOf(content, entries, name)));
	return entries.filter(entry => entry.keys?.some(({id}) => ids.has(id)));
}

function idsOf(content: VaultContent, entries: readonly ReadEntry[], name: string): readonly string[] {
	const isMeant = looksLike(name);
	const ids = [...withUnfinished(content), ...entries.flatMap(({keys = []}) => keys)]
		.filter(key => isMeant(key.name))
		.map(({id}) => id);
	return ids.length > 0 ? ids : [shownByName(content, name).id];
}

/** One sentence for each place where the record is not what was written. */
function breakWords(found: ActivityBreak): string {
	if (found.kind === 'form') return t`The record of activity cannot be read.`;
	if (found.kind === 'end') return t`The record of activity was cut at its end.`;
	return found.at === null
		? t`An entry of the record of activity cannot be read.`
		: t`The record of activity was altered or cut at the entry of ${formatMinute(found.at)}, or just before it.`;
}

/** All breaks in one sentence each, of many the first; undefined where there is none. */
export function breaksWords(breaks: readonly ActivityBreak[]): string | undefined {
	const [first, ...others] = breaks;
	if (!first) return undefined;
	if (others.length === 0) return breakWords(first);
	return sentences(breakWords(first), t`It is broken in ${breaks.length} places.`);
}

/**
 * What is to be said once the vault is open, each time once: damage beside it, and an altered record of activity.
 * `isWhole` checks every entry of that, which takes milliseconds where there are many, and otherwise the last ones.
 */
export function problemsOnOpening(
	{vault}: Pick<Context, 'vault'>,
	options: {readonly isWhole: boolean},
): readonly Problem[] {
	const damage = vault.takeWarning();
	const altered = vault.isOpen() ? activityProblem(vault.read(), options) : undefined;
	return [damage, altered].filter(problem => problem !== undefined);
}

function activityProblem(content: VaultContent, {isWhole}: {readonly isWhole: boolean}): Problem | undefined {
	const problem = isWhole
		? breaksWords(readActivity(content).breaks)
		: endsAsWritten(content)
			? undefined
			: t`The record of activity is not what was written.`;
	return problem === undefined ? undefined : {problem, fix: t`${suggestedCommand('activity')} shows where.`};
}
