import type {ShownKey} from '../key/operation.ts';
import {sanitize} from '../text/sanitize.ts';
import {folded} from '../text/search.ts';
import {t} from '../../language/translate.ts';

/** A row of the list of keys: a key, or the heading of those below it. */
export type ListRow =
	| {readonly key: ShownKey; readonly heading?: never}
	| {readonly heading: string; readonly key?: never};

type ListRows = {
	readonly rows: readonly ListRow[];
	/** The row of each key. */
	readonly rowOf: readonly number[];
};

/** What keys with the same tags have in common, whatever their order and letters; empty without a tag. */
export function tagGroupOf({tags}: Pick<ShownKey, 'tags'>): string {
	return tags
		.map(tag => folded(tag))
		.toSorted()
		.join(' ');
}

/** One row for each key; where `isGrouped`, for keys sorted by tags, also a heading above those of the same tags. */
export function listRows(keys: readonly ShownKey[], {isGrouped}: {readonly isGrouped: boolean}): ListRows {
	if (!isGrouped) return {rows: keys.map(key => ({key})), rowOf: keys.map((_, index) => index)};
	const rows: ListRow[] = [];
	const rowOf: number[] = [];
	for (const group of groupsByTags(keys)) {
		rows.push({heading: headingOf(group)});
		for (const key of group) {
			rowOf.push(rows.length);
			rows.push({key});
		}
	}

	return {rows, rowOf};
}

function groupsByTags(keys: readonly ShownKey[]): readonly (readonly ShownKey[])[] {
	const groups: ShownKey[][] = [];
	let last: string | undefined;
	for (const key of keys) {
		const group = tagGroupOf(key);
		if (group === last) groups.at(-1)!.push(key);
		else groups.push([key]);
		last = group;
	}

	return groups;
}

function headingOf([first, ...others]: readonly ShownKey[]): string {
	const tags = first!.tags.map(tag => sanitize(tag)).join(', ');
	return `${tags === '' ? t`no tag` : tags} (${others.length + 1})`;
}
