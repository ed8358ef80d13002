import {isObject} from '../is-object.ts';
import {limits} from '../limits.ts';
import {sanitize} from '../text/sanitize.ts';
import {truncate} from '../text/width.ts';
import type {ActivityKind} from './kinds.ts';

/** Who was at work, as far as the system and its environment say. */
export type Actor = {
	readonly user: string;
	readonly host: string;
	/** The address that a session of SSH came from. */
	readonly client?: string | undefined;
};

/** A key, with its name at that time. */
export type ActivityKey = {readonly id: string; readonly name: string};

/** The values are left out where they are long or nobody's business, such as of a description. */
export type ActivityEdit = {readonly field: string; readonly from?: string; readonly to?: string};

/** Something that was done, without who and when. */
export type ActivityEvent = {
	readonly what: ActivityKind;
	/** At most `limits.activity.keys`. */
	readonly keys?: readonly ActivityKey[];
	/** Of all keys, where that is more than are named. */
	readonly count?: number;
	/** In English, without secrets. */
	readonly detail?: string;
	readonly edits?: readonly ActivityEdit[];
};

/** Texts come from a file, and are sanitized where they are shown. Times are ms since 1970. */
export type ActivityEntry = Omit<ActivityEvent, 'what'> & {
	/** Counts the entries of its chain, from 1, with those that were dropped. */
	readonly n: number;
	/** When it was done, the last time. */
	readonly at: number;
	/** An `ActivityKind`, or one of a newer version. */
	readonly what: string;
	readonly by: Actor;
	/** The first time, where it was done several times. */
	readonly since?: number;
	readonly times?: number;
};

const longest = {who: 64, name: 64, detail: 160, value: 80};

export function boundedActor({user, host, client}: Actor): Actor {
	return {
		user: bounded(user, longest.who),
		host: bounded(host, longest.who),
		...(client !== undefined && {client: bounded(client, longest.who)}),
	};
}

/** The event as it is stored: no text is longer than is useful, and of many keys only the first are named. */
export function boundedEvent({what, keys = [], count = keys.length, detail, edits = []}: ActivityEvent): ActivityEvent {
	const named = keys.slice(0, limits.activity.keys);
	return {
		what,
		...(named.length > 0 && {keys: named.map(({id, name}) => ({id, name: bounded(name, longest.name)}))}),
		...(count > named.length && {count}),
		...(detail !== undefined && detail !== '' && {detail: bounded(detail, longest.detail)}),
		...(edits.length > 0 && {edits: edits.map(edit => boundedEdit(edit))}),
	};
}

function boundedEdit({field, from, to}: ActivityEdit): ActivityEdit {
	return {
		field,
		...(from !== undefined && {from: bounded(from, longest.value)}),
		...(to !== undefined && {to: bounded(to, longest.value)}),
	};
}

function bounded(text: string, columns: number): string {
	return truncate(sanitize(text), columns);
}

/** Checks what readers rely on; other members may be those of a newer version. */
export function isActivityEntry(value: unknown): value is ActivityEntry {
	if (!isObject(value) || !isObject(value['by'])) return false;
	const {n, at, what, by, keys = [], edits = [], detail = '', count = 1, since = 1, times = 1} = value;
	return (
		[n, at, count, since, times].every(number => typeof number === 'number') &&
		[what, detail, by['user'], by['host'], by['client'] ?? ''].every(text => typeof text === 'string') &&
		isListOf(keys, ['id', 'name'], []) &&
		isListOf(edits, ['field'], ['from', 'to'])
	);
}

function isListOf(value: unknown, texts: readonly string[], optional: readonly string[]): boolean {
	return (
		Array.isArray(value) &&
		value.every(
			one =>
				isObject(one) &&
				texts.every(member => typeof one[member] === 'string') &&
				optional.every(member => one[member] === undefined || typeof one[member] === 'string'),
		)
	);
}
