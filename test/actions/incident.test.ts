import fc from 'fast-check';
import {expect, test} from 'vitest';
import {handleIncident} from '../../source/actions/incident/incident.ts';
import {reportMarkdown} from '../../source/actions/incident/markdown.ts';
import {byId, byTime, readPages} from '../../source/actions/incident/read-pages.ts';
import {sectionsOf} from '../../source/actions/incident/sections.ts';
import type {Exchange} from '../../source/exchange/client.ts';
import {thawKey} from '../../source/actions/freeze.ts';
import {keyById, keyByName} from '../../source/actions/keys.ts';
import {hostileTexts} from '../helpers/hostile.ts';
import {foreignText} from '../helpers/terminal-bytes.ts';
import {failureOf, fakeContext, wireError} from '../helpers/fakes.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {at, desk, grid, manager} from './rotations.ts';

type Item = {readonly id: string; readonly at: number};

/** A list as the exchange has it: pages of 100, newest first, continued before an id or a time. */
function listOf(items: readonly Item[], by: 'id' | 'at') {
	const sorted = items.toSorted((left, right) => right.at - left.at || Number(right.id) - Number(left.id));
	let asked = 0;
	const ask = async ({after}: {readonly after?: string}) => {
		asked++;
		return sorted.filter(item => after === undefined || Number(item[by]) < Number(after)).slice(0, 100);
	};
	return {ask, asked: () => asked};
}

test('pages leave no record out, tell none twice, and stop at the time that is asked for', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.nat({max: 5000}), {maxLength: 700}),
			fc.nat({max: 5000}),
			fc.constantFrom('id' as const, 'at' as const),
			async (times, since, by) => {
				const sorted = times.toSorted((left, right) => left - right);
				// At most 50 of the same moment: a page holds more.
				const items = sorted.map((at, id) => ({id: String(id), at: at + Math.floor(id / 50)}));
				const {records, isWhole} = await readPages(listOf(items, by).ask, {since, cursor: by === 'id' ? byId : byTime});
				expect(isWhole).toBe(true);
				expect(new Set(records.map(({id}) => id))).toEqual(
					new Set(items.filter(({at}) => at >= since).map(({id}) => id)),
				);
				expect(records.map(({at}) => at)).toEqual(records.map(({at}) => at).toSorted((left, right) => right - left));
			},
		),
		{numRuns: 40},
	);
});

test('an endless list is cut off after ten pages, and says that it is not whole', async () => {
	const items = Array.from({length: 5000}, (_, id) => ({id: String(id), at: id}));
	const list = listOf(items, 'id');
	const {records, isWhole} = await readPages(list.ask, {since: 0, cursor: byId});
	expect([records.length, isWhole, list.asked()]).toEqual([1000, false, 10]);
});

test('a list that repeats its page for ever ends', async () => {
	const page = Array.from({length: 100}, (_, id) => ({id: String(id), at: 1}));
	expect(await readPages(async () => page, {since: 0, cursor: byId})).toMatchObject({isWhole: true});
});

test('what could not be read says why, and nothing else is lost', async () => {
	const fake = desk();
	fake.hooks.before = name => {
		if (name === 'withdrawals') throw wireError({kind: 'code', exchangeCode: '50026', httpStatus: 500});
	};
	const {report, problem} = await handleIncident(fake.context, 'a1');
	expect(problem).toBeUndefined();
	expect(report.read.filter(({problem}) => problem !== null).map(({kind}) => kind)).toEqual(['withdrawals']);
	expect(report.requests).toContainEqual(expect.objectContaining({answer: '50026'}));
});

test('a reading that is stopped ends with the key deleted all the same', async () => {
	const fake = desk();
	const stopping = new AbortController();
	fake.hooks.before = name => {
		if (name === 'openOrders') stopping.abort();
	};
	const {report} = await handleIncident(fake.context, 'a1', {signal: stopping.signal});
	expect(fake.listed).toEqual([]);
	expect(report.cut.state).toBe('deleted');
	expect(report.read.at(-1)).toMatchObject({problem: 'The reading was stopped.'});
});

test('a withdrawal that can still be cancelled is the first thing to do', async () => {
	const fake = desk();
	const {call} = fake.context.exchange;
	const payment = {at, currency: 'USDT', amount: '5', chain: 'TRC20', address: 'T1', transaction: ''};
	const answers: Exchange['call'] = async (name, ...given) =>
		name === 'withdrawals'
			? ([
					{...payment, id: 'w1', state: '0'},
					{...payment, id: 'w2', state: '2'},
				] as never)
			: call(name, ...given);
	const {report} = await handleIncident({...fake.context, exchange: {...fake.context.exchange, call: answers}}, 'a1');
	const [first, ...others] = sectionsOf(report).at(-1)!.tasks!;
	expect(first).toContain('Cancel the withdrawal w1 of 5 USDT');
	expect(others.join(' ')).not.toContain('w2');
});

test('another key that belongs to another account reads nothing', async () => {
	const other = storedKey({
		...grid,
		id: 'o',
		name: 'other',
		account: {kind: 'sub', subAccount: 'quantdesk01', uid: '77'},
		credential: credentialWith({apiKey: 'other'}),
	});
	const fake = desk([manager, {...grid, account: {...grid.account, uid: '99'}}, other]);
	const {report} = await handleIncident(fake.context, 'a1');
	// The fake exchange says uid 1 of every key.
	expect(report.unread).toContain('No other key of this vault reads the account of grid.');
});

test('a false alarm is ended by thaw while the exchange still has the key', async () => {
	const fake = desk();
	fake.hooks.before = name => {
		if (name === 'deleteSubKey') throw wireError({kind: 'timeout'});
	};
	const {problem} = await handleIncident(fake.context, 'a1');
	expect(problem).toMatchObject({code: 'incident-not-ended'});
	expect(fake.listed[0]).toMatchObject({permissions: ['read']});
	await thawKey(fake.context, 'a1', {keepReadOnly: false});
	expect(fake.listed[0]).toMatchObject({permissions: ['read', 'trade']});
	const thawed = keyByName(fake.vault.read(), 'grid');
	expect(thawed).toMatchObject({status: 'active', permissions: ['read', 'trade']});
	expect(thawed.incident).toBeUndefined();
});

test('nothing is done under --readonly, or to a key in the trash', async () => {
	const {context, calls} = fakeContext({keys: [{...grid, trashedAt: at}]}, {sandbox: false});
	expect(await failureOf(handleIncident(context, 'a1'))).toBe('key-gone');
	expect(await failureOf(handleIncident({...context, readonly: true}, 'a1'))).toBe('readonly');
	expect(calls).toEqual([]);
});

test('markup-in-report: texts of the vault and of the exchange are no markup of the report', async () => {
	const name = 'a|b<img>[x](y)`z`';
	const fake = desk([manager, {...grid, name, label: name}]);
	const markdown = reportMarkdown((await handleIncident(fake.context, 'a1')).report);
	expect(markdown).toContain('# Suspected leak of a\\|b\\<img\\>\\[x\\](y)\\`z\\`');
	expect(markdown).not.toMatch(/(?<!\\)[<[|]img|(?<!\\)\[x/);
});

test('hostile-text-in-report: what vault and exchange say steers nothing where a report is shown', async () => {
	const account = {kind: 'sub', subAccount: 'quantdesk01', mainUid: '1'} as const;
	for (const text of hostileTexts) {
		const fake = desk([
			manager,
			{...grid, name: text, label: text, ip: [text], uses: [{at, by: 'exec', program: text}]},
			storedKey({id: 'o', name: `${text}2`, account, ip: [text], credential: credentialWith({apiKey: 'o'})}),
		]);
		const {report} = await handleIncident(fake.context, 'a1');
		const shown = sectionsOf(report)
			.flatMap(({title, text, facts, table, tasks}) => [title, text, facts, table?.rows, tasks].flat(2))
			.join('\n');
		expect({text, foreign: foreignText(shown)}).toEqual({text, foreign: []});
		expect({text, foreign: foreignText(reportMarkdown(report))}).toEqual({text, foreign: []});
	}
});

test('a key that is marked as revoked, yet works, is cut off too', async () => {
	const works = {at: at + 1, ok: true, code: 0, cause: '', latencyMs: 1, live: null};
	const fake = desk([manager, {...grid, status: 'revoked', updatedAt: at, lastTest: works}]);
	const {report} = await handleIncident(fake.context, 'a1');
	expect(fake.listed).toEqual([]);
	expect(report.cut).toMatchObject({state: 'deleted', at, deletedAt: at});
});

test('reading again about a deleted key changes nothing of it', async () => {
	const fake = desk([manager, {...grid, status: 'revoked', updatedAt: 5}]);
	await handleIncident(fake.context, 'a1');
	expect(keyById(fake.vault.read(), 'a1')).toMatchObject({status: 'revoked', updatedAt: 5, incident: {step: 'done'}});
	expect(fake.calls).not.toContain('deleteSubKey');
});
