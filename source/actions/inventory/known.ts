import {isKnownElsewhere, type KnownElsewhere} from '../../vault/format/known-elsewhere.ts';
import {refuse, type Problem} from '../../core/problem.ts';
import {foldBlanks} from '../../core/text/name.ts';
import {isPrintable, sanitize} from '../../core/text/sanitize.ts';
import {graphemes} from '../../core/text/width.ts';
import type {VaultContent} from '../../vault/vault.ts';
import type {Context} from '../context.ts';
import {change} from '../keys.ts';
import {pathOf, type InventoryEntry} from './inventory.ts';
import {t} from '../../language/translate.ts';

/** Characters of a note, and notes of a vault: the oldest are dropped. */
const most = {note: 100, notes: 1000};

/** The notes that this program can read. */
export function knownElsewhere({elsewhere}: VaultContent): readonly KnownElsewhere[] {
	return Array.isArray(elsewhere) ? elsewhere.filter(one => isKnownElsewhere(one)) : [];
}

export function noteProblem(note: string): Problem | undefined {
	const length = graphemes(note).length;
	if (length > most.note)
		return {
			problem: t`The note has ${length} characters; at most ${most.note} are kept.`,
			fix: t`Write a shorter one.`,
		};
	return isPrintable(note)
		? undefined
		: {problem: t`The note holds an invisible or control character.`, fix: t`Type it by hand instead of pasting it.`};
}

/**
 * Notes that keys of the exchange are kept elsewhere, so that they are no longer told as unknown; other entries stay as
 * they are. Throws `invalid` for a note that cannot be kept.
 */
export async function noteKnown(context: Context, entries: readonly InventoryEntry[], given: string): Promise<void> {
	const note = foldBlanks(given).trim();
	refuse(noteProblem(note));
	const at = context.clock();
	const noted = entries.flatMap(({state, place: {site, environment}, listed}): KnownElsewhere[] =>
		listed && (state === 'unknown' || state === 'known') ? [{site, environment, apiKey: listed.apiKey, note, at}] : [],
	);
	await change(
		context,
		content => ({...content, elsewhere: [...withoutNotes(content, noted), ...noted].slice(-most.notes)}),
		{
			activity: {
				events: entries.map(entry => ({what: 'known-elsewhere', detail: sanitize(pathOf(entry))}) as const),
			},
		},
	);
}

/** Lets keys be told as unknown again. */
export async function forgetKnown(context: Context, entries: readonly InventoryEntry[]): Promise<void> {
	await change(context, content => withoutKnown(content, entries));
}

export function withoutKnown(content: VaultContent, entries: readonly InventoryEntry[]): VaultContent {
	if (!content.elsewhere) return content;
	const forgotten = entries.flatMap(({place, listed}) => (listed ? [{...place, apiKey: listed.apiKey}] : []));
	const {elsewhere: _, ...rest} = content;
	const left = withoutNotes(content, forgotten);
	if (left.length === content.elsewhere.length) return content;
	return left.length === 0 ? rest : {...rest, elsewhere: left};
}

type Noted = Pick<KnownElsewhere, 'site' | 'environment' | 'apiKey'>;

/** Forms of newer programs stay. */
function withoutNotes({elsewhere = []}: VaultContent, gone: readonly Noted[]): readonly KnownElsewhere[] {
	const ids = new Set(gone.map(one => noteId(one)));
	return elsewhere.filter(one => !isKnownElsewhere(one) || !ids.has(noteId(one)));
}

function noteId({site, environment, apiKey}: Noted): string {
	return [site, environment, apiKey].join(' ');
}
