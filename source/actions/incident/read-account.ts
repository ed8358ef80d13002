import type {StoredKey} from '../../core/key/key.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {dayMs} from '../../core/text/time.ts';
import type {Answer, EndpointName, EndpointParameters} from '../../exchange/endpoint.ts';
import {instrumentTypes, type Bill, type InstrumentType} from '../../exchange/records.ts';
import {t} from '../../language/translate.ts';
import type {Context} from '../context.ts';
import {failureReason} from '../write-outcome.ts';
import {byId, byTime, merged, readPages, type Pages} from './read-pages.ts';
import {managerReading, readerOf, type FoundReader, type Reader} from './readers.ts';
import type {IncidentReport, ReadRecords, RecordKind, Transfer} from './report.ts';
import {wayOf} from './transfer-words.ts';

export type ReadProgress = {readonly kind: RecordKind; readonly done: number; readonly total: number};

type ReadOptions = {
	readonly since: number;
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
};

export type AccountRecords = Pick<IncidentReport, 'read' | 'unread'> & Pick<IncidentReport['key'], 'account'>;

type Call = <Name extends EndpointName>(name: Name, parameters: EndpointParameters<Name>) => Promise<Answer<Name>>;
type Step = {
	readonly kind: RecordKind;
	/** Without one, it is not read. */
	readonly by: Reader | undefined;
	/** Not offered in demo trading. */
	readonly isLiveOnly?: true;
	readonly read: () => Promise<ReadRecords>;
};

type Read<Item> = Pages<Item> & {
	readonly by: string | null;
	readonly from: number;
	readonly problem: string | null;
};

/** How far back the exchange looks, a little less for certain (docs/okx-api.md §3.4). */
const [threeDays, week, month, threeMonths] = [3 * dayMs, 7 * dayMs, 30 * dayMs, 90 * dayMs];

/**
 * Reads what the account of a key did, as far as keys of this vault may; what could not be read says why. The exchange
 * does not tell which key did what. A signal that aborts ends the reading, with what is read so far.
 */
export async function readAccount(
	context: Context,
	key: StoredKey,
	{since, signal, onProgress}: ReadOptions,
): Promise<AccountRecords> {
	const now = context.clock();
	const stopped = t`The reading was stopped.`;
	const found = await readerOf(context, key, signal).catch((error: unknown): FoundReader => {
		if (signal?.aborted) return {reason: t`the reading was stopped`};
		throw error;
	});
	const {reader} = found;
	const manager = managerReading(context, key);

	async function reading<Item>(
		by: Reader | undefined,
		reachesMs: number,
		read: (call: Call, since: number) => Promise<Pages<Item>>,
	): Promise<Read<Item>> {
		const from = Math.max(since, now - reachesMs);
		const nothing = {by: by?.name ?? null, from, records: [], isWhole: false};
		if (signal?.aborted) return {...nothing, problem: stopped};
		const call: Call = async (name, parameters) => context.exchange.call(name, parameters, by!.target, {signal});
		try {
			return {...nothing, ...(await read(call, from)), problem: null};
		} catch (error) {
			return {...nothing, problem: signal?.aborted ? stopped : sentenceOf(error)};
		}
	}

	const {subAccount = ''} = key.account;
	const steps: readonly Step[] = [
		{
			kind: 'openOrders',
			by: reader,
			read: async () => ({kind: 'openOrders', ...(await reading(reader, Infinity, openOrders))}),
		},
		{
			kind: 'withdrawals',
			by: reader,
			isLiveOnly: true,
			read: async () => ({
				kind: 'withdrawals',
				...(await reading(reader, Infinity, async (call, from) =>
					readPages(async page => call('withdrawals', page), {since: from, cursor: byTime}),
				)),
			}),
		},
		{
			kind: 'transfers',
			by: reader,
			isLiveOnly: true,
			read: async () => ({kind: 'transfers', ...(await reading(reader, month, transfersSince(now)))}),
		},
		{
			kind: 'subTransfers',
			by: subAccount === '' ? undefined : manager,
			isLiveOnly: true,
			read: async () => ({
				kind: 'subTransfers',
				...(await reading(manager, Infinity, async (call, from) =>
					readPages(async page => call('subTransfers', {...page, subAccount}), {since: from, cursor: byTime}),
				)),
			}),
		},
		{
			kind: 'deposits',
			by: reader,
			isLiveOnly: true,
			read: async () => ({
				kind: 'deposits',
				...(await reading(reader, Infinity, async (call, from) =>
					readPages(async page => call('deposits', page), {since: from, cursor: byTime}),
				)),
			}),
		},
		{
			kind: 'fills',
			by: reader,
			read: async () => ({kind: 'fills', ...(await reading(reader, threeMonths, fillsSince(now)))}),
		},
		{
			kind: 'orders',
			by: reader,
			read: async () => ({kind: 'orders', ...(await reading(reader, threeMonths, ordersSince(now)))}),
		},
	];
	const possible = steps.filter(({by, isLiveOnly}) => by && (key.environment === 'live' || !isLiveOnly));
	const read: ReadRecords[] = [];
	for (const [done, step] of possible.entries()) {
		onProgress?.({kind: step.kind, done, total: possible.length});
		read.push(await step.read());
	}

	return found.reader
		? {read, unread: null, account: {...key.account, ...found.account}}
		: {read, unread: unreadWords(key, found.reason), account: key.account};
}

function unreadWords({name}: StoredKey, reason: string | undefined): string {
	return reason === undefined
		? t`No other key of this vault reads the account of ${sanitize(name)}.`
		: t`No key of this vault could read the account of ${sanitize(name)}: ${reason}.`;
}

function sentenceOf(error: unknown): string {
	return t`Not read: ${failureReason(error)}.`;
}

async function openOrders(call: Call) {
	return readPages(async page => call('openOrders', page), {since: -Infinity, cursor: byId});
}

/** The last days by the call that is kept up to date, and what is older by that of the archive. */
const ordersSince = (now: number) => async (call: Call, since: number) =>
	merged(
		await Promise.all(
			instrumentTypes.flatMap(instrumentType => [
				readPages(async page => call('recentOrders', {...page, instrumentType, begin: since}), {since, cursor: byId}),
				...(since >= now - week
					? []
					: [
							readPages(async page => call('archivedOrders', {...page, instrumentType, begin: since}), {
								since,
								cursor: byId,
							}),
						]),
			]),
		),
	);

const fillsSince = (now: number) => async (call: Call, since: number) => {
	const archived = (instrumentType: InstrumentType) =>
		readPages(async page => call('archivedFills', {...page, instrumentType, begin: since}), {
			since,
			cursor: ({bill}) => bill,
		});
	return merged(
		await Promise.all([
			readPages(async page => call('recentFills', {...page, begin: since}), {since, cursor: ({bill}) => bill}),
			...(since >= now - threeDays ? [] : instrumentTypes.map(archived)),
		]),
	);
};

const fundingTransfers: ReadonlySet<string> = new Set(['20', '21', '22', '23', '130', '131']);

const transfersSince =
	(now: number) =>
	async (call: Call, since: number): Promise<Pages<Transfer>> => {
		const trading = since >= now - week ? 'recentTransfers' : 'archivedTransfers';
		const [funding, others] = await Promise.all([
			readPages(async page => call('fundingBills', page), {since, cursor: byTime}),
			readPages(async page => call(trading, {...page, begin: since}), {since, cursor: byId}),
		]);
		const ofFunding = funding.records.filter(({type}) => fundingTransfers.has(type));
		return merged([
			{...funding, records: ofFunding.map(bill => transferOf(bill, bill.type))},
			{...others, records: others.records.map(bill => transferOf(bill, `trading ${bill.subtype}`))},
		]);
	};

function transferOf({id, at, currency, change}: Bill, type: string): Transfer {
	return {id, at, currency, change, way: wayOf(type)};
}
