import {
	boundedActor,
	boundedEvent,
	isActivityEntry,
	type ActivityEntry,
	type ActivityEvent,
	type Actor,
} from '../../core/activity/entry.ts';
import {changesBetween} from '../../core/activity/changes.ts';
import {activityKinds, isActivityKind, type ActivityKind} from '../../core/activity/kinds.ts';
import {isObject} from '../../core/is-object.ts';
import {limits} from '../../core/limits.ts';
import {dayMs} from '../../core/text/time.ts';
import type {VaultContent} from '../format/content.ts';
import {appended, lastText, newChain, withLastReplaced, type Chain} from './chain.ts';

/** Who did what: a chain of changes, and one of routine use, which is frequent and pushes no change out. */
export type ActivityLog = {
	/** The last save by a program that keeps the log: a later one of the vault was by one that does not. */
	readonly rev: number;
	readonly changes: Chain;
	readonly routine: Chain;
};

/** What a difference between two contents does not tell. */
export type ActivityNote = {
	/** What was done to keys, in place of what the difference looks like. */
	readonly as?: ActivityKind;
	readonly events?: readonly ActivityEvent[];
};

export type Recorder = (
	content: VaultContent,
	save: {
		readonly rev: number;
		/** What the save replaces; absent where it replaces nothing that it continues. */
		readonly before?: {readonly rev: number; readonly content: VaultContent};
		readonly note?: ActivityNote | undefined;
	},
) => VaultContent;

/** Adds to a content that is to be saved what the save does. */
export function activityRecorder({
	clock,
	actor,
}: {
	readonly clock: () => number;
	readonly actor: () => Actor;
}): Recorder {
	return (content, {rev, before, note: {as, events = []} = {}}) => {
		const found = before ? changesBetween(before.content, content, as) : [];
		const done = [...found, ...events];
		const log = isActivityLog(content.activity) ? content.activity : undefined;
		const gap = before && log?.rev !== before.rev ? [gapEvent(log?.rev ?? 0, before.rev)] : [];
		const who = {at: clock(), by: boundedActor(actor())};
		const {changes, routine} = [...gap, ...fewOfEach(done)].reduce(
			(chains, event) => withEvent(chains, event, who),
			log ?? {changes: newChain('changes'), routine: newChain('routine')},
		);
		return {...content, activity: {...log, rev, changes, routine}};
	};
}

/** One save must not push everything else out of the record: of many events of a kind, the rest is only counted. */
function fewOfEach(events: readonly ActivityEvent[]): readonly ActivityEvent[] {
	const {events: most} = limits.activity;
	if (events.length <= most) return events;
	return [...Map.groupBy(events, ({what}) => what)].flatMap(([what, all]) =>
		all.length <= most ? all : all.slice(0, most).concat({what, count: all.length - most}),
	);
}

function gapEvent(known: number, last: number): ActivityEvent {
	const first = known + 1;
	return {what: 'unrecorded', detail: first < last ? `${first}-${last}` : String(last)};
}

type Chains = Pick<ActivityLog, 'changes' | 'routine'>;
type Who = Pick<ActivityEntry, 'at' | 'by'>;

function withEvent(chains: Chains, event: ActivityEvent, who: Who): Chains {
	const {isRoutine, isCounted} = activityKinds[event.what];
	const name = isRoutine ? 'routine' : 'changes';
	const chain = chains[name];
	const entry: ActivityEntry = {n: chain.count + 1, ...who, ...boundedEvent(event)};
	const last = isCounted ? entryOf(lastText(chain)) : undefined;
	const next =
		last && isSame(last, entry)
			? withLastReplaced(chain, JSON.stringify(counted(last, entry)))
			: appended(chain, JSON.stringify(entry), limits.activity[name]);
	return {...chains, [name]: next};
}

function isSame(last: ActivityEntry, entry: ActivityEntry): boolean {
	const essence = ({what, by, keys, count, detail, edits}: ActivityEntry) =>
		JSON.stringify([what, by.user, by.host, by.client, keys, count, detail, edits]);
	const day = (at: number) => Math.floor(at / dayMs);
	return day(last.since ?? last.at) === day(entry.at) && essence(last) === essence(entry);
}

function counted({n, at, since = at, times = 1}: ActivityEntry, entry: ActivityEntry): ActivityEntry {
	return {...entry, n, since, times: times + 1};
}

/** The entry of a line; undefined for a line that is none. */
export function entryOf(text: string | undefined): ActivityEntry | undefined {
	if (text === undefined) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return isActivityEntry(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

export function isRoutineKind(what: string): boolean {
	return isActivityKind(what) && activityKinds[what].isRoutine === true;
}

export function isActivityLog(value: unknown): value is ActivityLog {
	return isObject(value) && typeof value['rev'] === 'number' && isChain(value['changes']) && isChain(value['routine']);
}

function isChain(value: unknown): value is Chain {
	return (
		isObject(value) &&
		typeof value['count'] === 'number' &&
		typeof value['anchor'] === 'string' &&
		typeof value['head'] === 'string' &&
		Array.isArray(value['lines']) &&
		value['lines'].every(line => typeof line === 'string')
	);
}
