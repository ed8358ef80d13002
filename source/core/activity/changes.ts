import {changedPart} from './changed-part.ts';
import {exitOfStatus} from '../exit-status.ts';
import type {KeyUse, StoredKey} from '../key/key.ts';
import {creationsIn, rotationsIn, type Operation, type RotateOperation} from '../key/operation.ts';
import {undoableFields, type UndoableField} from '../key/undo-step.ts';
import {formatTime} from '../text/time.ts';
import type {ActivityEdit, ActivityEvent, ActivityKey} from './entry.ts';
import type {ActivityKind} from './kinds.ts';

type Keys = {readonly keys: readonly StoredKey[]; readonly operations?: readonly Operation[]};

const kindsOfUse: Readonly<Record<KeyUse['by'], ActivityKind>> = {
	exec: 'executed',
	export: 'exported',
	copy: 'copied',
};

/** Fields whose values are recorded; of others only that they have changed. */
const valued: ReadonlySet<UndoableField> = new Set([
	'name',
	'type',
	'environment',
	'site',
	'permissions',
	'ip',
	'tags',
	'usedBy',
	'expiresAt',
]);

/** Told as what it comes to, or of no interest. */
const unrecorded: ReadonlySet<string> = new Set(['isTypeTold', 'status', 'trashedAt']);

/**
 * What was done to keys between two contents of a vault, so that no action has to say it; with `as`, it is told as
 * that. Events that are alike are one, with all their keys.
 */
export function changesBetween(before: Keys, after: Keys, as?: ActivityKind): readonly ActivityEvent[] {
	const rotations = rotationEvents(before, after);
	// The steps of a rotation rename, freeze and remove, which its own event says.
	const inRotation = new Set(rotations.flatMap(({keys}) => keys.map(({id}) => id)));
	return [...together(keyEvents(before, after, inRotation), as), ...rotations, ...clearedEvents(before, after)];
}

/** Events of one save that are told apart by the values of an edit; of more, only the fields are told. */
const mostApart = 20;

function hasValues({edits = []}: ActivityEvent): boolean {
	return edits.some(({from}) => from !== undefined);
}

function withoutValues({edits = [], ...event}: ActivityEvent): ActivityEvent {
	return edits.length === 0 ? event : {...event, edits: edits.map(({field}) => ({field}))};
}

function together(events: readonly ActivityEvent[], as: ActivityKind | undefined): readonly ActivityEvent[] {
	const alike = Map.groupBy(events, ({what, detail, edits}) => JSON.stringify([what, detail, edits]));
	if (alike.size > mostApart && events.some(hasValues)) return together(events.map(withoutValues), as);
	return [...alike.values()].map(group => {
		const {what, ...rest} = group[0]!;
		return withKeys(
			{...rest, what: as ?? what, ...(as === 'undone' && what !== 'edited' && {detail: what})},
			group.flatMap(({keys = []}) => keys),
		);
	});
}

function keyEvents(before: Keys, after: Keys, inRotation: ReadonlySet<string>): readonly ActivityEvent[] {
	if (before.keys === after.keys) return [];
	const changed = changedPart(before.keys, after.keys);
	const untouched = new Set(changed.before);
	const touched = changed.after.filter(key => !untouched.has(key));
	const old = new Map(changed.before.map(key => [key.id, key]));
	const begun = new Set(creationsIn(before).map(({id}) => id));
	const events = touched.flatMap((key): readonly ActivityEvent[] => {
		const was = old.get(key.id);
		const keys = [named(key)];
		if (!was) return [{what: begun.has(key.id) ? 'created' : 'added', keys}];
		return eventsOf(was, key)
			.filter(({what}) => !inRotation.has(key.id) || isUse(what) || what === 'revoked')
			.map(event => withKeys(event, keys));
	});
	const added = touched.filter(({id}) => !old.has(id)).length;
	if (before.keys.length + added === after.keys.length) return events;
	const left = new Set(changed.after.map(({id}) => id));
	const gone = changed.before.filter(({id}) => !left.has(id));
	return [...events, ...gone.map((key): ActivityEvent => ({what: 'deleted', keys: [named(key)]}))];
}

function withKeys(event: ActivityEvent, keys: readonly ActivityKey[]): ActivityEvent {
	return {...event, keys};
}

function named({id, name}: StoredKey): ActivityKey {
	return {id, name};
}

function isUse(what: ActivityKind): boolean {
	return what === 'tested' || Object.values(kindsOfUse).includes(what);
}

function eventsOf(was: StoredKey, key: StoredKey): readonly ActivityEvent[] {
	const isTested = key.lastTest !== null && key.lastTest.at !== was.lastTest?.at;
	const edits = editsOf(was, key, fieldsSetBy(was, key, isTested));
	return [
		...moveEvents(was, key),
		...(key.incident && key.incident.at !== was.incident?.at ? [{what: 'suspected'} as const] : []),
		...statusEvents(was, key),
		...(edits.length > 0 ? [{what: 'edited', edits} as const] : []),
		...(isTested ? [{what: 'tested', detail: exitOfStatus(key.lastTest.code)} as const] : []),
		...useEvents(was, key),
	];
}

function moveEvents(was: StoredKey, key: StoredKey): readonly ActivityEvent[] {
	if ((was.trashedAt === null) === (key.trashedAt === null)) return [];
	return [{what: key.trashedAt === null ? 'restored' : 'removed'}];
}

function statusEvents(was: StoredKey, key: StoredKey): readonly ActivityEvent[] {
	if (was.status !== key.status)
		return [{what: key.status === 'revoked' ? 'revoked' : key.status === 'frozen' ? 'frozen' : 'thawed'}];
	const isReadOnly = (one: StoredKey) => one.freeze?.readOnly?.state === 'set';
	return isReadOnly(key) && !isReadOnly(was) ? [{what: 'frozen', detail: 'read-only'}] : [];
}

function useEvents(was: StoredKey, key: StoredKey): readonly ActivityEvent[] {
	if (was.uses === key.uses) return [];
	const known = new Set(was.uses);
	return (key.uses ?? [])
		.filter(use => !known.has(use))
		.map(({by, program}) => ({what: kindsOfUse[by], detail: program}));
}

/** A test learns label and account, and freezing sets the permissions: no person has edited these. */
function fieldsSetBy(was: StoredKey, key: StoredKey, isTested: boolean): ReadonlySet<UndoableField> {
	const isFreezing = was.freeze !== key.freeze;
	return new Set<UndoableField>([
		...(isTested ? (['label', 'account'] as const) : []),
		...(isFreezing ? (['permissions'] as const) : []),
	]);
}

function editsOf(was: StoredKey, key: StoredKey, excepted: ReadonlySet<UndoableField>): readonly ActivityEdit[] {
	return undoableFields
		.filter(field => !unrecorded.has(field) && !excepted.has(field) && isDifferent(was[field], key[field]))
		.map(field => (valued.has(field) ? {field, from: textOf(was[field]), to: textOf(key[field])} : {field}));
}

function isDifferent(one: unknown, other: unknown): boolean {
	return one !== other && JSON.stringify(one ?? null) !== JSON.stringify(other ?? null);
}

function textOf(value: StoredKey[UndoableField]): string {
	if (Array.isArray(value)) return value.join(', ');
	return typeof value === 'number' ? formatTime(value) : typeof value === 'string' ? value : '';
}

type RotationEvent = ActivityEvent & {readonly keys: readonly ActivityKey[]};

function rotationEvents(before: Keys, after: Keys): readonly RotationEvent[] {
	if (before.operations === after.operations) return [];
	const [earlier, later] = [before, after].map(content => new Map(rotationsIn(content).map(one => [one.id, one])));
	const begunOrMoved = [...later!.values()].flatMap((one): readonly RotationEvent[] => {
		const was = earlier!.get(one.id);
		if (!was) return [rotationEvent('rotation-started', one, after)];
		if (was.step === one.step) return [];
		return [rotationEvent(one.step === 'aborting' ? 'rotation-aborting' : 'rotation-handed-over', one, after)];
	});
	const ended = [...earlier!.values()]
		.filter(({id}) => !later!.has(id))
		.map(one => rotationEvent(one.step === 'handed-over' ? 'rotation-finished' : 'rotation-aborted', one, after));
	return [...begunOrMoved, ...ended];
}

function rotationEvent(what: ActivityKind, {oldId, newId}: RotateOperation, {keys}: Keys): RotationEvent {
	return {what, keys: keys.filter(({id}) => id === oldId || id === newId).map(key => named(key))};
}

function clearedEvents(before: Keys, after: Keys): readonly ActivityEvent[] {
	if (before.operations === after.operations) return [];
	const left = new Set([...creationsIn(after), ...after.keys].map(({id}) => id));
	return creationsIn(before)
		.filter(({id}) => !left.has(id))
		.map(({id, key: {name}}) => ({what: 'creation-cleared', keys: [{id, name}]}));
}
