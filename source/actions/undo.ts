import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {isUnfinished, statusWord, withUnfinished, type ShownKey} from '../core/key/operation.ts';
import type {LiveEdit, UndoableEdit, UndoableField, UndoStep} from '../core/key/undo-step.ts';
import {fieldWord} from '../core/key/field-words.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {seenName} from '../core/text/name.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {fields as editable, textOf, type EditPatch} from './edit-plan.ts';
import {change} from './keys.ts';
import {digestOf, undoSteps, withoutStep} from './undo-steps.ts';
import {withTrashedAt} from './trash.ts';
import {listed, t} from '../language/translate.ts';

type UndoneField = keyof EditPatch | 'status';

const fields: readonly UndoneField[] = [...editable, 'status'];

export type UndoneKey = {
	readonly id: string;
	/** As it is called after the undo. */
	readonly name: string;
	/** Where it was moved; absent for an edit. */
	readonly moved?: 'from-trash' | 'to-trash';
	readonly changes: readonly {readonly field: UndoneField; readonly from: string; readonly to: string}[];
};

export type Undone = {
	readonly keys: readonly UndoneKey[];
	/** The keys that stay as they are, because something else was changed since. */
	readonly refused: readonly {readonly name: string; readonly reason: string}[];
	/** What the same action changed on the exchange, which stays. */
	readonly live: readonly {readonly name: string; readonly fields: LiveEdit['fields']}[];
};

/**
 * Undoes the last action that changed keys in this vault, so that the next call undoes the one before. Throws
 * `nothing-to-undo`, `undo-too-large`, `undo-live` for an action that changed the exchange alone, and `undo-conflict`
 * when every key was changed since; the last three make way for the action before.
 */
export async function undoLast(context: Context): Promise<Undone> {
	let outcome: {readonly step: UndoStep; readonly undone: Undone} | undefined;
	await change(
		context,
		content => {
			const step = undoSteps(content).at(-1);
			if (!step) throw new AppError('nothing-to-undo');
			const {undone, content: before} = undo(content, step, context.clock());
			outcome = {step, undone};
			return withoutStep(before, step);
		},
		{activity: {as: 'undone'}},
	);
	const {step, undone} = outcome!;
	const {keys, refused, live} = undone;
	if (keys.length > 0) return undone;
	if (step.isTooLarge) throw new AppError('undo-too-large');
	if (refused.length > 0) throw new AppError('undo-conflict', {reasons: few(refused.map(({reason}) => reason))});
	throw new AppError('undo-live', {changes: liveWords(live)});
}

/** What the next undo is about, such as `tags of grid`; undefined when there is nothing to undo. */
export function nextUndo(content: VaultContent): string | undefined {
	const step = undoSteps(content).at(-1);
	if (!step) return undefined;
	const {edits} = step;
	if (edits.length === 0) return t`a change that stays`;
	const [first] = edits;
	const whose =
		edits.length === 1
			? sanitize(withUnfinished(content).find(({id}) => id === first!.id)?.name ?? '?')
			: t`${edits.length} keys`;
	if (first!.before.trashedAt === null) return t`removal of ${whose}`;
	if ('trashedAt' in first!.before) return t`return of ${whose}`;
	const changed = new Set(edits.flatMap(({after}) => Object.keys(after)));
	return t`${wordsOf(fields.filter(field => changed.has(field)))} of ${whose}`;
}

/** Such as `Undone: tags of grid.`, with what is as before as a hint. */
export function undoneWords({keys, refused, live}: Undone): {readonly text: string; readonly hint: string} {
	const [first] = keys;
	const whose = keys.length === 1 ? sanitize(first!.name) : t`${keys.length} keys`;
	const changed = new Set(keys.flatMap(({changes}) => changes.map(({field}) => field)));
	const text =
		first!.moved === undefined
			? t`Undone: ${wordsOf(fields.filter(field => changed.has(field)))} of ${whose}.`
			: first!.moved === 'from-trash'
				? keys.length === 1
					? t`Undone: ${whose} is back from the trash.`
					: t`Undone: ${whose} are back from the trash.`
				: keys.length === 1
					? t`Undone: ${whose} is in the trash again.`
					: t`Undone: ${whose} are in the trash again.`;
	const values =
		keys.length === 1
			? first!.changes.map(({from, to}) => t`${sanitize(from) || '-'} → ${sanitize(to) || '-'}`).join('; ')
			: '';
	const stay = [
		...few(refused.map(({reason}) => reason)),
		...(live.length === 0 ? [] : [t`On the exchange this stays: ${liveWords(live)}.`]),
	];
	return {text, hint: [values, ...stay].filter(part => part !== '').join(' ')};
}

/** `label` follows from the name, and is no word that a person has typed. */
function wordsOf(changed: readonly UndoneField[]): string {
	const told = changed.filter(field => field !== 'label' || changed.length === 1);
	return listed(told.map(field => fieldWord(field)));
}

const mostTold = 3;

function few(reasons: readonly string[]): readonly string[] {
	const left = reasons.length - mostTold;
	return left <= 0 ? reasons : [...reasons.slice(0, mostTold), t`And ${left} more.`];
}

function liveWords(live: Undone['live']): string {
	if (live.length > mostTold) {
		const changed = new Set(live.flatMap(({fields}) => fields));
		return t`${listed([...changed].map(field => fieldWord(field)))} of ${live.length} keys`;
	}

	return live
		.map(({name, fields}) =>
			fields.includes('status')
				? t`${sanitize(name)} is revoked`
				: t`${listed(fields.map(field => fieldWord(field)))} of ${sanitize(name)}`,
		)
		.join('; ');
}

function undo(content: VaultContent, {edits, live = []}: UndoStep, now: number) {
	const all = new Map(withUnfinished(content).map(key => [key.id, key]));
	const inUse = [...all.values()].filter(({trashedAt}) => trashedAt === null);
	const names = new Map(inUse.map(({id, name}) => [seenName(name), id]));
	const apiKeys = new Map(inUse.map(key => [isUnfinished(key) ? key.id : key.credential.apiKey, key.id]));
	const keys: UndoneKey[] = [];
	const refused: {readonly name: string; readonly reason: string}[] = [];
	const restored = new Map<string, ShownKey>();
	for (const edit of edits.toReversed()) {
		const present = restored.get(edit.id) ?? all.get(edit.id);
		const reason = present ? reasonAgainst(edit, present) : t`A key of this change is no longer in the vault.`;
		if (reason === undefined) {
			const key = withValues(present!, edit, now);
			restored.set(edit.id, key);
			names.delete(seenName(present!.name));
			if (key.trashedAt === null) names.set(seenName(key.name), key.id);
			keys.push(undoneKey(present!, key, edit));
		} else {
			refused.push({name: present?.name ?? '', reason});
		}
	}

	const undone: Undone = {
		keys: keys.toReversed(),
		refused: refused.toReversed(),
		live: live.flatMap(({id, fields}) => {
			const name = all.get(id)?.name;
			return name === undefined ? [] : [{name, fields}];
		}),
	};
	return {undone, content: withRestored(content, restored)};

	function reasonAgainst({id, before, after}: UndoableEdit, present: ShownKey): string | undefined {
		const name = sanitize(present.name);
		const isMove = before.trashedAt !== undefined;
		if (!isMove && present.trashedAt !== null) return t`${name} is in the trash, and stays as it is.`;
		const moved = (Object.keys(after) as UndoableField[]).filter(field => digestOf(present, field) !== after[field]);
		if (moved.length > 0) {
			const words = moved.flatMap(field => (field === 'isTypeTold' || field === 'trashedAt' ? [] : [fieldWord(field)]));
			return words.length === 0
				? t`${name} was moved since, and stays where it is.`
				: t`${name} was changed since (${listed(words)}), and stays as it is.`;
		}

		const wanted = before.name ?? present.name;
		const isComing = before.trashedAt === null;
		const twin = names.get(seenName(wanted));
		if ((isComing || before.name !== undefined) && twin !== undefined && twin !== id)
			return t`${name} stays as it is: another key is called ${sanitize(wanted)} now.`;
		const owner = isUnfinished(present) ? undefined : apiKeys.get(present.credential.apiKey);
		if (isComing && owner !== undefined && owner !== id)
			return t`${name} stays in the trash: its API key is stored under another name now.`;
		return undefined;
	}
}

function withValues(present: ShownKey, {before}: UndoableEdit, now: number): ShownKey {
	const {freeze, ...others} = present;
	return {...others, ...(before.status === undefined && freeze && {freeze}), ...before, updatedAt: now};
}

function valueOf(field: UndoneField, key: ShownKey): string {
	return field === 'status' ? statusWord(key) : textOf(field, key);
}

function undoneKey(present: ShownKey, key: ShownKey, {before, after}: UndoableEdit): UndoneKey {
	const changed = fields.filter(field => after[field] !== undefined);
	return {
		id: key.id,
		name: key.name,
		...(before.trashedAt !== undefined && {moved: before.trashedAt === null ? 'from-trash' : 'to-trash'}),
		changes: changed.map(field => ({field, from: valueOf(field, present), to: valueOf(field, key)})),
	};
}

function withRestored(content: VaultContent, restored: ReadonlyMap<string, ShownKey>): VaultContent {
	const keys = content.keys.map((key): StoredKey => {
		const before = restored.get(key.id);
		return before && !isUnfinished(before) ? before : key;
	});
	const unfinished = [...restored.values()].filter(key => isUnfinished(key));
	return unfinished.reduce((changed: VaultContent, {id, trashedAt}) => withTrashedAt(changed, id, trashedAt), {
		...content,
		keys,
	});
}
