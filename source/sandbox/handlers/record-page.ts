import type {Entry} from '../ledger/entry.ts';
import {Refusal} from '../refusal.ts';
import {optional, type Call} from './call.ts';

type Paging = {
	/** What `after` and `before` mean (docs/okx-api.md §3.4). */
	readonly by: 'id' | 'at';
	/** How far back the endpoint looks, ms. */
	readonly windowMs?: number;
};

const mostPerPage = 100;

function numberIn(call: Call, name: string): number | undefined {
	const value = optional(call, name);
	if (value === undefined || value === '') return undefined;
	if (!/^\d{1,20}$/.test(value)) throw new Refusal('51000', name);
	return Number(value);
}

/** One page of a list, newest first. */
export function pageOf(call: Call, entries: readonly Entry[], {by, windowMs = Infinity}: Paging) {
	const [after = Infinity, before = -Infinity] = [numberIn(call, 'after'), numberIn(call, 'before')];
	const [begin = -Infinity, end = Infinity] = [numberIn(call, 'begin'), numberIn(call, 'end')];
	const limit = numberIn(call, 'limit') ?? mostPerPage;
	if (limit < 1) throw new Refusal('51000', 'limit');
	return entries
		.filter(entry => entry[by] < after && entry[by] > before)
		.filter(({at}) => at >= begin && at <= end && at >= call.now - windowMs && at <= call.now)
		.toSorted((left, right) => right.id - left.id)
		.slice(0, Math.min(limit, mostPerPage))
		.map(({wire}) => wire);
}
