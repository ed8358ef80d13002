/** A page of the exchange holds so many records (docs/okx-api.md §3.4). */
const pageSize = 100;
/** Of one list. An account with more is told so. */
const mostPages = 10;

type Dated = {readonly id: string; readonly at: number};

export type Pages<Item> = {readonly records: readonly Item[]; readonly isWhole: boolean};

/**
 * The records of a list since a time, newest first. `cursor` is what the page after one that ends with this record is
 * asked for with.
 */
export async function readPages<Item extends Dated>(
	ask: (page: {readonly after?: string}) => Promise<readonly Item[]>,
	{since, cursor}: {readonly since: number; readonly cursor: (last: Item) => string},
): Promise<Pages<Item>> {
	const seen = new Map<string, Item>();
	let after: string | undefined;
	for (let page = 0; page < mostPages; page++) {
		const answer = await ask(after === undefined ? {} : {after});
		const known = seen.size;
		for (const record of answer) seen.set(record.id, record);
		const last = answer.at(-1);
		if (answer.length < pageSize || !last || seen.size === known || last.at < since)
			return {records: within([...seen.values()], since), isWhole: true};
		after = cursor(last);
	}

	return {records: within([...seen.values()], since), isWhole: false};
}

/** The records of several lists, each once. */
export function merged<Item extends Dated>(all: readonly Pages<Item>[]): Pages<Item> {
	const records = new Map(all.flatMap(({records}) => records.map(record => [record.id, record] as const)));
	return {records: newestFirst([...records.values()]), isWhole: all.every(({isWhole}) => isWhole)};
}

function within<Item extends Dated>(records: readonly Item[], since: number): readonly Item[] {
	return newestFirst(records.filter(({at}) => at >= since));
}

function newestFirst<Item extends Dated>(records: readonly Item[]): readonly Item[] {
	return records.toSorted((left, right) => right.at - left.at);
}

/** For lists that continue by time: records of the same moment are asked for again, so that none is left out. */
export function byTime({at}: Dated): string {
	return String(at + 1);
}

export function byId({id}: Dated): string {
	return id;
}
