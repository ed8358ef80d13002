import {hash} from 'node:crypto';
import {isAppError} from '../core/errors.ts';
import type {ShownKey} from '../core/key/operation.ts';
import {
	isUndoStep,
	undoableFields,
	type LiveEdit,
	type UndoStep,
	type UndoableEdit,
	type UndoableField,
} from '../core/key/undo-step.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {change} from './keys.ts';

/** Steps that are kept, and the length of their JSON: enough for an edit of all keys of a large vault. */
const most = {steps: 20, length: 2 * 1024 * 1024};

/** The steps that this program can undo, the latest last. */
export function undoSteps({undo}: VaultContent): readonly UndoStep[] {
	return Array.isArray(undo) ? undo.filter(step => isUndoStep(step)) : [];
}

export function withoutStep(content: VaultContent, step: UndoStep): VaultContent {
	return {...content, undo: (content.undo ?? []).filter(other => other !== step)};
}

/** For the checks of room: steps give way to what a vault is for. */
export function withoutSteps(content: VaultContent): VaultContent {
	const {undo: _, ...rest} = content;
	return rest;
}

export type StepId = Pick<UndoStep, 'id' | 'at'>;

export function newStep({clock, random}: Pick<Context, 'clock' | 'random'>): StepId {
	return {id: Buffer.from(random(8)).toString('hex'), at: clock()};
}

/** A key before and after; `live` are the fields that were changed on the exchange too. */
export type ChangedKey = {
	readonly before: ShownKey;
	readonly after: ShownKey;
	readonly live?: LiveEdit['fields'];
};

/** Notes what was changed, in the step of this id, which begins with its first change. The oldest steps are dropped. */
export function withStep(content: VaultContent, {id, at}: StepId, changed: readonly ChangedKey[]): VaultContent {
	const edits = changed.map(key => editOf(key)).filter(({after}) => Object.keys(after).length > 0);
	const live = changed.flatMap(({before, live = []}) => (live.length > 0 ? [{id: before.id, fields: live}] : []));
	if (edits.length === 0 && live.length === 0) return content;
	const earlier = Array.isArray(content.undo) ? content.undo : [];
	const begun = earlier.find(step => isUndoStep(step) && step.id === id);
	const allLive = [...(begun?.live ?? []), ...live];
	const step: UndoStep = {
		id,
		at,
		edits: [...(begun?.edits ?? []), ...edits],
		...(allLive.length > 0 && {live: allLive}),
		...(begun?.isTooLarge && {isTooLarge: true}),
	};
	return {...content, undo: bounded([...earlier.filter(other => other !== begun), step])};
}

function bounded(steps: readonly UndoStep[]): readonly UndoStep[] {
	const kept: UndoStep[] = [];
	let left = most.length;
	for (const step of steps.slice(-most.steps).toReversed()) {
		const size = JSON.stringify(step).length;
		// A step that were kept in part would be undone in part.
		const fitting: UndoStep = size <= most.length && !step.isTooLarge ? step : {...step, edits: [], isTooLarge: true};
		left -= fitting === step ? size : 0;
		if (left < 0) break;
		kept.unshift(fitting);
	}

	return kept;
}

/** As `change`; where the vault has no room for the steps too, it saves without them. */
export async function changeUndoably(
	context: Context,
	changeContent: (content: VaultContent) => VaultContent,
): Promise<VaultContent> {
	return change(context, changeContent).catch(async (error: unknown) => {
		if (!isAppError(error, 'vault-too-large')) throw error;
		return change(context, content => withoutSteps(changeContent(content)));
	});
}

function editOf({before, after, live = []}: ChangedKey): UndoableEdit {
	const fields = undoableFields.filter(
		field => !live.some(one => one === field) && digestOf(before, field) !== digestOf(after, field),
	);
	const movesOn = fields.includes('site') || fields.includes('environment');
	return {
		id: before.id,
		before: {
			...Object.fromEntries(fields.map(field => [field, valueOf(before, field)])),
			...(movesOn && {lastTest: before.lastTest}),
			...(fields.includes('status') && before.freeze && {freeze: before.freeze}),
		},
		after: Object.fromEntries(fields.map(field => [field, digestOf(after, field)])),
	};
}

function valueOf(key: ShownKey, field: UndoableField) {
	if (field === 'isTypeTold') return key.isTypeTold === true;
	if (field === 'usedBy') return key.usedBy ?? [];
	return field === 'expiresAt' ? (key.expiresAt ?? null) : key[field];
}

/** That of a frozen key changes with its freeze too. */
export function digestOf(key: ShownKey, field: UndoableField): string {
	const value = field === 'status' && key.freeze ? [key.status, key.freeze] : valueOf(key, field);
	return hash('sha256', JSON.stringify(value), 'base64url').slice(0, 22);
}
