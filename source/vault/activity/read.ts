import type {ActivityEntry} from '../../core/activity/entry.ts';
import type {VaultContent} from '../format/content.ts';
import {checkedLines, isEndWhole, type Chain} from './chain.ts';
import {entryOf, isActivityLog} from './log.ts';

export type ReadEntry = ActivityEntry & {readonly isRoutine: boolean};

/** Where the record is not what was written: before an entry, at its end, or as a whole. */
export type ActivityBreak =
	| {readonly kind: 'entry'; readonly at: number | null}
	| {readonly kind: 'end'}
	| {readonly kind: 'form'};

export type ActivityReport = {
	/** The oldest first. */
	readonly entries: readonly ReadEntry[];
	/** Entries that made way for newer ones. */
	readonly dropped: number;
	readonly breaks: readonly ActivityBreak[];
};

/** Reads the whole record, and checks the hash of each entry: some milliseconds where it is full. */
export function readActivity({activity}: VaultContent): ActivityReport {
	if (activity === undefined) return {entries: [], dropped: 0, breaks: []};
	if (!isActivityLog(activity)) return {entries: [], dropped: 0, breaks: [{kind: 'form'}]};
	const [changes, routine] = [readChain(activity.changes, false), readChain(activity.routine, true)];
	return {
		entries: merged(changes.entries, routine.entries),
		dropped: changes.dropped + routine.dropped,
		breaks: [...changes.breaks, ...routine.breaks],
	};
}

/** Whether the record ends as it was written: what can be known of it without reading it. */
export function endsAsWritten({activity}: VaultContent): boolean {
	if (activity === undefined) return true;
	return isActivityLog(activity) && isEndWhole(activity.changes) && isEndWhole(activity.routine);
}

function readChain(chain: Chain, isRoutine: boolean): ActivityReport {
	const {lines, endsAtHead} = checkedLines(chain);
	const entries: ReadEntry[] = [];
	const breaks: ActivityBreak[] = [];
	let next: number | undefined;
	for (const {text, follows} of lines) {
		const entry = entryOf(text);
		if (entry) entries.push({...entry, isRoutine});
		if (!follows || !entry || entry.n !== (next ?? entry.n)) breaks.push({kind: 'entry', at: entry?.at ?? null});
		next = (entry?.n ?? next ?? 0) + 1;
	}

	if (!endsAtHead || (next ?? 1) !== chain.count + 1) breaks.push({kind: 'end'});
	return {entries, dropped: Math.max(0, (entries[0]?.n ?? 1) - 1), breaks};
}

/** By time, but each in its own order, since a clock may jump. */
function merged(one: readonly ReadEntry[], other: readonly ReadEntry[]): readonly ReadEntry[] {
	const all: ReadEntry[] = [];
	let [left, right] = [0, 0];
	while (left < one.length || right < other.length) {
		const [next, rival] = [one[left], other[right]];
		const isLeft = !rival || (next !== undefined && next.at <= rival.at);
		all.push(isLeft ? next! : rival);
		if (isLeft) left++;
		else right++;
	}

	return all;
}
