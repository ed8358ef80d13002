import {
	labelOf,
	type Inventory,
	type InventoryEntry,
	type InventoryState,
} from '../../../actions/inventory/inventory.ts';
import {countWords, entryWords, leftOutWords, stateWord, unreadWords} from '../../../actions/inventory/words.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {padToWidth, truncate} from '../../../core/text/width.ts';
import type {Row} from '../../drawing/rows.tsx';
import {symbols, type Tone} from '../../drawing/theme.ts';
import {wrap} from '../../drawing/wrap.ts';
import {t} from '../../../language/translate.ts';

const tones: Readonly<Record<InventoryState, Tone>> = {
	unknown: 'warn',
	unfinished: 'warn',
	trash: 'warn',
	revoked: 'warn',
	gone: 'bad',
	differs: 'bad',
	known: 'muted',
	agrees: 'good',
};

export function headRow(inventory: Inventory | undefined, columns: number): Row {
	const text = inventory ? countWords(inventory) : t`The exchange was not asked.`;
	return [{text: truncate(text, columns), tone: 'muted'}];
}

type Look = {
	readonly selected: InventoryEntry | undefined;
	readonly marked: ReadonlySet<string>;
	readonly columns: number;
};

/** A row for each entry; consecutive ones of a sub-account name it once. */
export function inventoryRows(
	entries: readonly InventoryEntry[],
	{selected, marked, columns}: Look,
): {readonly header: Row; readonly rows: readonly Row[]} {
	const state = 17;
	const account = columns >= 70 ? 22 : 14;
	const name = columns >= 70 ? 16 : 12;
	const about = Math.max(4, columns - account - name - state - 6);
	const cells = (one: string, two: string, three: string) =>
		`${padToWidth(one, account)} ${padToWidth(two, name)} ${padToWidth(three, state)} `;
	return {
		header: [{text: truncate(`   ${cells(t`SUB-ACCOUNT`, t`KEY`, t`STATE`)}${t`ABOUT`}`, columns), tone: 'muted'}],
		rows: entries.map((entry, index): Row => {
			const {place} = entry;
			const isSame = entries[index - 1]?.place.subAccount.name === place.subAccount.name;
			const room = sanitize(place.subAccount.name) || '-';
			const isSelected = entry === selected;
			return [
				isSelected ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
				{text: marked.has(entry.id) ? '*' : ' ', tone: 'accent'},
				padToWidth(isSame ? '' : place.isFrozen ? t`${room} (frozen)` : room, account),
				' ',
				{text: padToWidth(sanitize(labelOf(entry)) || '-', name), tone: isSelected ? 'selected' : 'plain'},
				' ',
				{text: padToWidth(stateWord(entry), state), tone: tones[entry.state]},
				' ',
				{text: truncate(entryWords(entry), about), tone: 'muted'},
			];
		}),
	};
}

/** All of the selected entry, or what was not read and compared where there is none. */
export function detailRows(
	selected: InventoryEntry | undefined,
	inventory: Inventory | undefined,
	columns: number,
	height: number,
): readonly Row[] {
	if (!inventory) return [];
	const unread = unreadWords(inventory);
	const told = [
		...unread.map(text => ({text, tone: 'bad'}) as const),
		...(selected
			? [{text: `${sanitize(labelOf(selected)) || '-'}: ${entryWords(selected)}`, tone: 'plain'} as const]
			: unread.length === 0
				? [{text: t`Nothing is different.`, tone: 'good'} as const]
				: []),
		...leftOutWords(inventory).map(text => ({text, tone: 'muted'}) as const),
	];
	return told.flatMap(({text, tone}) => wrap(text, columns).map((line): Row => [{text: line, tone}])).slice(0, height);
}
