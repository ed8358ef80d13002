import {isAppError, type AppError} from '../errors.ts';
import type {StoredKey} from '../core/key.ts';
import {ago, clean, truncate} from '../core/text.ts';
import type {Copy, Vault} from '../vault/vault.ts';
import type {Row} from './components/rows.tsx';
import {fact} from './key-rows.ts';
import type {Tone} from './theme.ts';
import {shortPath, wrap} from './wrap.ts';

type Earlier = ReturnType<Vault['earlier']>;

/** A moment in words that mean the same everywhere. */
export function moment(at: number, now: number): string {
	const age = ago(at, now);
	return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC (${age === 'now' ? 'just now' : `${age} ago`})`;
}

/** `3 earlier saves of it are kept, the newest of …`. */
export function keptWords(earlier: Earlier, now: number): string {
	const [newest] = earlier;
	if (!newest) return 'No earlier save of it is kept.';
	return earlier.length === 1 ? `An earlier save of it is kept, of ${moment(newest.savedAt, now)}.` : `${earlier.length} earlier saves of it are kept, the newest of ${moment(newest.savedAt, now)}.`;
}

/** What an earlier save would bring back, beside what is there now where the two can be compared. */
export function copyRows({file, rev, savedAt, content, present, isOther}: Copy, now: number, width: number): Row[] {
	const there = 'content' in present ? present : undefined;
	const warnings = [
		...isOther ? ['It is a save of another vault than the one that is there now.'] : [],
		...there && there.rev >= rev ? [`It is no newer than what is there now, which is save number ${there.rev}.`] : [],
	];
	const trashed = content.keys.filter(({trashedAt}) => trashedAt !== null).length;
	return [
		...fact('Save', `number ${rev}, of ${moment(savedAt, now)}`, width),
		[{text: 'File        ', tone: 'muted'}, shortPath(file, width - 12)],
		...fact('There now', 'content' in present ? `save number ${present.rev}` : cause(present.problem), width),
		...fact('Keys', `${content.keys.length - trashed}${trashed === 0 ? '' : `, and ${trashed} in the trash`}${there ? '' : ', to be there afterwards'}`, width),
		...warnings.flatMap(text => wrap(text, width).map((row): Row => [{text: row, tone: 'warn'}])),
		[],
		...keyRows(content.keys, there?.content.keys, width),
	];
}

/** Why it cannot be compared, without the path where that can be: it is known. */
function cause(error: AppError): string {
	if (isAppError(error, 'vault-missing')) return 'nothing';
	return clean(isAppError(error, 'vault-damaged') || isAppError(error, 'not-a-vault') ? error.details.what : error.message);
}

type Mark = {readonly sign: string; readonly name: string; readonly words: string; readonly tone: Tone};

/** One row for each key in use. With what is there now: which of them come back, go, or are as they were. */
function keyRows(keys: readonly StoredKey[], now: readonly StoredKey[] | undefined, width: number): Row[] {
	const inUse = (all: readonly StoredKey[]) => all.filter(({trashedAt}) => trashedAt === null);
	const [after, before] = [inUse(keys), inUse(now ?? [])];
	const has = (all: readonly StoredKey[], {id}: StoredKey) => all.some(key => key.id === id);
	const marks = [
		...after.map((key): Mark => now && !has(before, key) ? {sign: '+', name: key.name, words: 'comes back', tone: 'good'} : {sign: ' ', name: key.name, words: '', tone: 'plain'}),
		...before.filter(key => !has(after, key)).map(({name}): Mark => ({sign: '-', name, words: 'goes', tone: 'bad'})),
	];
	return marks.map(({sign, name, words, tone}): Row => [{text: `  ${sign} ${truncate(clean(name), width - 18)}`, tone}, {text: words === '' ? '' : `  ${words}`, tone: 'muted'}]);
}
