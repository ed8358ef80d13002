import {isAppError, type AppError} from '../../../core/errors.ts';
import {differenceOf} from '../../../core/difference.ts';
import {withUnfinished, type ShownKey} from '../../../core/key/operation.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {agoWords, formatMinute} from '../../../core/text/time.ts';
import {padToWidth, truncate} from '../../../core/text/width.ts';
import type {EarlierSaveInfo, OpenedBackup} from '../../../vault/vault.ts';
import type {Row} from '../../drawing/rows.tsx';
import {labelledRows} from '../../key-view/key-rows.ts';
import type {Tone} from '../../drawing/theme.ts';
import {shortPath, wrap} from '../../drawing/wrap.ts';
import {t} from '../../../language/translate.ts';

/** A point in time that reads the same in every time zone. */
export function timeAndAge(at: number, now: number): string {
	return t`${formatMinute(at)} UTC (${agoWords(at, now)})`;
}

export function keptWords(earlier: readonly EarlierSaveInfo[], now: number): string {
	const [newest] = earlier;
	if (!newest) return t`No earlier save of it is kept.`;
	return earlier.length === 1
		? t`An earlier save of it is kept, of ${timeAndAge(newest.savedAt, now)}.`
		: t`${earlier.length} earlier saves of it are kept, the newest of ${timeAndAge(newest.savedAt, now)}.`;
}

export function backupRows(
	{label, rev, savedAt, content, present, isOther, opensAfter}: OpenedBackup,
	now: number,
	width: number,
): Row[] {
	const there = 'content' in present ? present : undefined;
	const warnings = [
		...(opensAfter
			? []
			: [t`The current passphrase stays: what you have typed opens this save, but will not open the vault.`]),
		...(isOther ? [t`It is a save of another vault than the current one.`] : []),
		...(there && there.rev >= rev
			? [t`It is not newer than the current vault, which is save number ${there.rev}.`]
			: []),
	];
	const keys = withUnfinished(content);
	const trashed = keys.length - inUse(keys).length;
	return [
		...labelledRows(t`Save`, t`number ${rev}, of ${timeAndAge(savedAt, now)}`, width),
		[{text: padToWidth(t`File`, 12), tone: 'muted'}, shortPath(label, width - 12)],
		...labelledRows(t`There now`, 'content' in present ? t`save number ${present.rev}` : cause(present.problem), width),
		...labelledRows(
			t`Keys`,
			[
				trashed === 0 ? String(keys.length) : t`${keys.length - trashed}, and ${trashed} in the trash`,
				...(there ? [] : [t`would be there afterwards`]),
			].join(', '),
			width,
		),
		...warnings.flatMap(text => wrap(text, width).map((row): Row => [{text: row, tone: 'warn'}])),
		[],
		...keyRows(keys, there && withUnfinished(there.content), width),
	];
}

/** The reason why a save cannot be compared, without its path where possible: the path is on screen already. */
function cause(error: AppError): string {
	if (isAppError(error, 'vault-missing')) return t`nothing`;
	return sanitize(
		isAppError(error, 'vault-damaged') || isAppError(error, 'not-a-vault') ? error.details.what : error.message,
	);
}

/** One row per key in use; compared with the present vault, differences come first. */
function keyRows(all: readonly ShownKey[], allNow: readonly ShownKey[] | undefined, width: number): Row[] {
	const keys = inUse(all);
	const row = (sign: string, name: string, words = '', tone: Tone = 'plain'): Row => [
		{text: `  ${sign} ${truncate(sanitize(name), 24)}`, tone},
		{text: words === '' ? '' : truncate(`  ${words}`, width - 28), tone: 'muted'},
	];
	if (!allNow) return keys.map(({name}) => row(' ', name));
	const {added, removed, changed} = differenceOf(inUse(allNow), keys);
	const told = new Set([...added, ...changed.map(({name}) => name)]);
	return [
		...added.map(name => row('+', name, t`comes back`, 'good')),
		...removed.map(name => row('-', name, t`goes`, 'bad')),
		...changed.map(({name, fields}) => row('~', name, t`gets back: ${fields.join(', ')}`, 'warn')),
		...keys.filter(({name}) => !told.has(name)).map(({name}) => row(' ', name)),
	];
}

function inUse(keys: readonly ShownKey[]): readonly ShownKey[] {
	return keys.filter(({trashedAt}) => trashedAt === null);
}
