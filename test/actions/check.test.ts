import {describe, expect, it} from 'vitest';
import {createKey} from '../../source/actions/create.ts';
import {checkKeys, readPolicy, type Checked} from '../../source/actions/check.ts';
import {liveKeys} from '../../source/actions/keys.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import {world} from '../helpers/world.ts';

const dayMs = 86_400_000;
/** Nothing listens there. */
const nowhere = 'http://127.0.0.1:1';

/** A world whose vault holds, beside its main key, others that the exchange takes for the same one. */
async function worldWith(others: readonly (Partial<StoredKey> & {readonly secretKey?: string})[], isReadonly = false) {
	const {context} = await world({readonly: isReadonly});
	await context.vault.change(content => {
		const main = content.keys[0]!;
		const {apiKey, secretKey, passphrase} = main.credential;
		const made = others.map(({secretKey: own = secretKey.reveal(), ...wanted}) => ({
			...main,
			id: wanted.name!,
			credential: {apiKey, secretKey: new Secret(own), passphrase: new Secret(passphrase.reveal())},
			...wanted,
		}));
		return {...content, keys: [...content.keys, ...made]};
	});
	return {context, keys: liveKeys(context.vault.read())};
}

const said = (checked: readonly Checked[]) =>
	Object.fromEntries(
		checked.map(({key, findings}) => [
			key.name,
			findings.map(({code, isAlarm, text}) => `${code}${isAlarm ? '!' : ''} ${text}`),
		]),
	);

describe('a check', () => {
	it('finds nothing about a key that is well, and stores its test', async () => {
		const {context, keys} = await worldWith([]);
		expect(said(await checkKeys(context, keys))).toEqual({main: []});
		expect(context.vault.read().keys[0]).toMatchObject({
			lastTest: {ok: true, code: 0},
			history: [[expect.any(Number), 0, expect.any(Number)]],
		});
	});

	it('judges a key that is not asked by what was seen of it before, and says so', async () => {
		const {context, keys} = await worldWith([{name: 'grown', permissions: ['read']}]);
		await checkKeys(context, keys);
		const fresh = liveKeys(context.vault.read());
		expect(
			said(
				await checkKeys(context, fresh, {
					noTouch: true,
					policy: readPolicy('{"environments": ["live"], "tradeNeedsIp": true}'),
				}),
			),
		).toMatchObject({grown: ['40! permissions declared read, live read, trade (as last seen)'], main: []});
	});

	it('tells a failure by its cause, and a drift field by field, with an alarm where the key can do more', async () => {
		const {context, keys} = await worldWith([
			{name: 'wrong', secretKey: 'A'.repeat(32)},
			{name: 'grown', permissions: ['read']},
			{name: 'moved', label: 'another', ip: ['127.0.0.1']},
			{name: 'shrunk', permissions: ['read', 'trade', 'withdraw']},
		]);
		const found = said(await checkKeys(context, keys));
		expect(found).toEqual({
			main: [],
			wrong: [expect.stringMatching(/^20! .+\(50113\)/)],
			grown: ['40! permissions declared read, live read, trade'],
			moved: ['40! ip declared 127.0.0.1, live 127.0.0.1, ::1', '40 label declared another, live main'],
			shrunk: ['40 permissions declared read, trade, withdraw, live read, trade'],
		});
	});

	it('judges by the policy: what is declared if the exchange was not reached, what it says if it was', async () => {
		const {context, keys} = await worldWith([
			{name: 'lost', site: nowhere, permissions: ['read', 'withdraw'], ip: []},
			{name: 'liar', permissions: ['read'], createdAt: Date.now() - 100 * dayMs},
		]);
		const found = said(
			await checkKeys(context, keys, {policy: {withdraw: 'forbidden', maxAgeDays: 90, sites: ['sandbox']}}),
		);
		expect(found['main']).toEqual([]);
		expect(found['liar']).toEqual([
			'40! permissions declared read, live read, trade',
			'41 is at least 100 days old, and 90 are allowed',
		]);
		expect(found['lost']).toEqual([
			expect.stringMatching(/^30! /),
			'41 can withdraw, which is forbidden (as declared here)',
			`41 belongs to the site ${nowhere}; allowed: sandbox`,
		]);
	});

	it('tells how many days are left where they are few, by the policy’s measure if it has one', async () => {
		const idle = {permissions: ['read', 'trade'] as const, ip: [], isTypeTold: true, site: nowhere, createdAt: 0};
		const now = Date.now();
		const {context, keys} = await worldWith([
			{...idle, name: 'late', lastUsedAt: now - 10.5 * dayMs},
			{...idle, name: 'later', lastUsedAt: now - 9.5 * dayMs},
			{...idle, name: 'last', lastUsedAt: now - 13.5 * dayMs},
			{...idle, name: 'gone', lastUsedAt: now - 20 * dayMs},
		]);
		const days = async (options: Parameters<typeof checkKeys>[2]) =>
			Object.entries(said(await checkKeys(context, keys, {...options, noTouch: true}))).flatMap(([name, texts]) =>
				texts.filter(text => text.startsWith('42')).map(text => `${name}: ${text}`),
			);
		expect(await days({})).toEqual([
			'gone: 42 the exchange may delete it today',
			'last: 42 the exchange deletes it in 1 day if nothing uses it',
		]);
		expect(await days({policy: {minDaysLeft: 5}})).toContain(
			'late: 42 the exchange deletes it in 4 days if nothing uses it',
		);
		expect(await days({policy: {minDaysLeft: 1}})).toEqual(['gone: 42 the exchange may delete it today']);
	});

	it('of keys that are not to be touched signs nothing and stores nothing', async () => {
		const {context, keys} = await worldWith([{name: 'wrong', secretKey: 'A'.repeat(32)}]);
		const before = context.vault.read();
		const checked = await checkKeys(context, keys, {noTouch: true});
		expect(said(checked)).toEqual({main: [], wrong: []});
		expect(checked.every(({result}) => !result.touched)).toBe(true);
		expect(context.vault.read()).toBe(before);
	});

	it('stores nothing under --readonly', async () => {
		const {context, keys} = await worldWith([], true);
		const before = context.vault.read();
		await checkKeys(context, keys);
		expect(context.vault.read()).toBe(before);
	});

	it('cron-pushes-out-good-save: keeps people’s changes among the earlier saves, and one of its own', async () => {
		const {context, keys} = await worldWith([]);
		await checkKeys(context, keys);
		const byPeople = async () =>
			(await context.vault.earlier()).map(({id}) => id).filter(id => !id.endsWith('.tests.json'));
		const before = await byPeople();
		expect(before).toHaveLength(2);
		for (let count = 0; count < 3; count++) await checkKeys(context, keys);
		expect(context.vault.read().keys[0]?.history).toHaveLength(4);
		expect(await byPeople()).toEqual(before);
		expect(await context.vault.earlier()).toHaveLength(before.length + 1);
	});

	it('renews the 14 days of a key that is bound to no address, unless it is not to be touched', async () => {
		const {context} = await worldWith([]);
		const bot = await createKey(context, {
			name: 'bot1',
			description: '',
			type: 'api',
			permissions: ['trade'],
			ip: [],
			passphrase: new Secret('Correct-Horse9!'),
			environment: 'live',
			target: {kind: 'main'},
		});
		await context.vault.change(content => ({
			...content,
			keys: content.keys.map(key => (key.id === bot.id ? {...key, lastUsedAt: Date.now() - 12.5 * dayMs} : key)),
		}));
		const check = async (noTouch: boolean) =>
			said(await checkKeys(context, liveKeys(context.vault.read()), {noTouch}))['bot1'];
		expect(await check(true)).toEqual(['42 the exchange deletes it in 2 days if nothing uses it']);
		expect(await check(false)).toEqual([]);
		expect(await check(true)).toEqual([]);
	});

	it('stopped, keeps what it has found until then', async () => {
		const {context, keys} = await worldWith([{name: 'second'}]);
		const stop = new AbortController();
		const reason = new Error('enough');
		const seen: string[] = [];
		const checking = checkKeys(context, keys, {
			signal: stop.signal,
			onChecked({key}) {
				seen.push(key.name);
				stop.abort(reason);
			},
		});
		await expect(checking).rejects.toBe(reason);
		expect(seen.length).toBeGreaterThan(0);
		expect(context.vault.read().keys.find(({name}) => name === seen[0])?.lastTest).toMatchObject({ok: true});
	});
});

describe('the policy of a check', () => {
	it('names sites that exist', () => {
		expect(readPolicy('{"sites": ["global", "sandbox", "http://127.0.0.1:8080"]}')).toEqual({
			sites: ['global', 'sandbox', 'http://127.0.0.1:8080'],
		});
		expect(readPolicy('{"sites": ["Global", "my.okx.com", "okxus"], "maxAgeDays": 9}')).toEqual({
			sites: ['global', 'eea', 'us'],
			maxAgeDays: 9,
		});
		expect(readPolicy('{"maxAgeDays": 9}')).toEqual({maxAgeDays: 9});
		expect(() => readPolicy('{"sites": ["golbal"]}')).toThrow('golbal is not a site of the exchange.');
	});
});
