import {describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {createKey} from '../../source/actions/create.ts';
import {editKey} from '../../source/actions/edit.ts';
import {freezeKey, thawKey} from '../../source/actions/freeze.ts';
import {shownKeys} from '../../source/actions/keys.ts';
import {planEdit} from '../../source/actions/plan-edit.ts';
import {revokeKey} from '../../source/actions/revoke.ts';
import {beginRotation, handOver} from '../../source/actions/rotate.ts';
import {rotationByName} from '../../source/actions/rotation.ts';
import {finishRotation} from '../../source/actions/rotation-end.ts';
import {changeStatuses, planStatuses} from '../../source/actions/statuses.ts';
import {AppError} from '../../source/core/errors.ts';
import {knownCodes} from '../../source/core/diagnosis/okx-codes/codes.ts';
import {creationsIn, isUnfinished} from '../../source/core/key/operation.ts';
import {Secret} from '../../source/core/secret.ts';
import type {EndpointName} from '../../source/exchange/endpoint.ts';
import {wireError} from '../helpers/fakes.ts';
import {credentialWith} from '../helpers/keys.ts';
import {cutsOf, cuttingOff, never} from './cutting-off.ts';
import {desk, grid, manager, type Desk} from './rotations.ts';

/** What changes the exchange, the calls that change it there, and how it is repeated after a fault. */
type Act = {
	readonly writes: readonly EndpointName[];
	readonly desk?: () => Desk;
	/** What is done before it, without a fault. */
	readonly prepare?: (context: Context) => Promise<unknown>;
	readonly run: (context: Context) => Promise<unknown>;
	/** The next step of a person; `run` again where it is absent. */
	readonly repeat?: (context: Context) => Promise<unknown>;
	/** The keys on the exchange and in the vault when it is done, by name: status and permissions. */
	readonly done: Readonly<Record<string, string>>;
};

const unchanged = {grid: 'active read,trade', main: 'active read,trade'};

async function create(context: Context): Promise<void> {
	const [unfinished] = creationsIn(context.vault.read());
	if (unfinished) await revokeKey(context, unfinished.id);
	if (shownKeys(context.vault.read()).some(({name}) => name === 'newbot')) return;
	await createKey(context, {
		name: 'newbot',
		description: '',
		type: 'api',
		permissions: ['trade'],
		ip: ['203.0.113.7'],
		passphrase: new Secret('Correct-Horse9!'),
		environment: 'live',
		target: {kind: 'sub', subAccount: 'quantdesk01', using: 'm'},
	});
}

async function rotate(context: Context): Promise<void> {
	if (shownKeys(context.vault.read()).every(({id}) => id !== 'a1')) return;
	const begun = rotationByName(context.vault.read(), 'grid') ?? (await beginRotation(context, 'a1'));
	await finishRotation(context, await handOver(context, begun, {test: false}));
}

const revoke = {act: 'revoke'} as const;

function deskOfTwo(): Desk {
	const second = {...grid, id: 'a2', name: 'second', label: 'second', credential: credentialWith({apiKey: 'second'})};
	const fake = desk([manager, grid, second]);
	fake.listed.push({...fake.listed[0]!, label: 'second', apiKey: 'second'});
	return fake;
}

const acts: Readonly<Record<string, Act>> = {
	create: {writes: ['createSubKey'], run: create, done: {...unchanged, newbot: 'active read,trade'}},
	edit: {
		writes: ['modifySubKey'],
		run: async context => editKey(context, await planEdit(context, 'a1', {permissions: ['read']})),
		done: {...unchanged, grid: 'active read'},
	},
	freeze: {
		writes: ['modifySubKey'],
		run: async context => freezeKey(context, 'a1', {readOnly: true}),
		done: {...unchanged, grid: 'frozen read'},
	},
	thaw: {
		writes: ['modifySubKey'],
		prepare: async context => freezeKey(context, 'a1', {readOnly: true}),
		run: async context => thawKey(context, 'a1', {keepReadOnly: false}),
		done: unchanged,
	},
	revoke: {
		writes: ['deleteSubKey'],
		run: async context => revokeKey(context, 'a1'),
		async repeat(context) {
			if (statesOf(context)['grid'] !== 'revoked') await revokeKey(context, 'a1');
		},
		done: {grid: 'revoked', main: unchanged.main},
	},
	'revoke several': {
		writes: ['deleteSubKey'],
		desk: deskOfTwo,
		run: async context => {
			const results = await changeStatuses(context, planStatuses(context, ['a1', 'a2'], revoke), revoke);
			for (const {error} of results) if (error) throw error;
		},
		done: {grid: 'revoked', second: 'revoked', main: unchanged.main},
	},
	rotate: {writes: ['createSubKey', 'deleteSubKey'], run: rotate, done: unchanged},
};

/** Of the keys in use, by name; a revoked one has no permissions that count. */
function statesOf({vault}: Pick<Context, 'vault'>): Record<string, string> {
	return Object.fromEntries(
		shownKeys(vault.read()).map(key => [
			key.name,
			key.status === 'revoked' || isUnfinished(key) ? key.status : `${key.status} ${key.permissions.join(',')}`,
		]),
	);
}

/** Both sides say the same, and nothing is left of what was under way. */
function expectAgreed({context, vault, listed}: Desk, done: Act['done']): void {
	expect(statesOf(context)).toEqual(done);
	expect(vault.read().operations).toBeUndefined();
	const inUse = shownKeys(vault.read()).filter(({status, id}) => status !== 'revoked' && id !== 'm');
	const permissions = (keys: readonly {readonly permissions: readonly string[]}[], idOf: (index: number) => string) =>
		Object.fromEntries(keys.map((key, index) => [idOf(index), key.permissions.join(',')]));
	expect(permissions(listed, index => listed[index]!.apiKey)).toEqual(
		permissions(inUse, index => inUse[index]!.credential.apiKey),
	);
}

async function prepared({prepare, desk: made = desk}: Act): Promise<Desk> {
	const fake = made();
	await prepare?.(fake.context);
	return fake;
}

describe.each(Object.entries(acts))('%s', (_, act) => {
	const {run, repeat = run, done} = act;

	test('that is cut off at any call or save ends, once repeated, with vault and exchange agreeing', async () => {
		const whole = await prepared(act);
		const {cut: counting, events} = cuttingOff(whole, never);
		await run(counting);
		expectAgreed(whole, done);
		expect(events).toEqual(expect.arrayContaining([...act.writes, 'save']));
		for (const cut of cutsOf(events)) {
			const fake = await prepared(act);
			const failure = await run(cuttingOff(fake, cut).cut).then(
				() => undefined,
				(error: unknown) => error,
			);
			if (cut.how.startsWith('lost') && cut.name !== 'save' && failure !== undefined)
				expect(failure, `${cut.how} ${cut.name}`).toBeInstanceOf(AppError);
			await repeat(fake.context);
			expect(() => {
				expectAgreed(fake, done);
			}, `${cut.how} event ${cut.event} (${cut.name})`).not.toThrow();
		}
	});
});

const codes = knownCodes.filter(code => code.startsWith('595'));
/** What a main-account key meets that has lost its list of addresses or is frozen, or whose sub-account is gone. */
const ofManager = ['50035', '50100', '50110', '58115'];

test('the codes of managing keys are all known', () => {
	expect(codes.length).toBeGreaterThanOrEqual(17);
});

describe.each(Object.entries(acts))('%s that the exchange refuses', (name, act) => {
	const {run, repeat = run, done, writes} = act;

	test.each([...codes, ...ofManager])('with %s says why and what to do, and can be repeated', async code => {
		const fake = await prepared(act);
		const before = fake.listed.map(({apiKey, permissions}) => [apiKey, permissions]);
		fake.hooks.before = called => {
			const isManaging = called === 'subKeys' && ofManager.includes(code);
			if (isManaging || writes.some(write => write === called))
				throw wireError({kind: 'code', exchangeCode: code, httpStatus: 200});
		};
		const failure = await run(fake.context).then(
			() => undefined,
			(error: unknown) => error,
		);
		// A key that is not there needs no deletion, and no edit can be made.
		if (code === '59506' && name.startsWith('revoke')) return;
		expect(failure).toBeInstanceOf(AppError);
		const {message, hint, exit} = failure as AppError;
		expect(message).toMatch(/[.:)]/);
		expect(hint ?? '').not.toBe('');
		expect(exit).not.toBe('unexpected');
		expect(fake.listed.map(({apiKey, permissions}) => [apiKey, permissions])).toEqual(before);
		expect(statesOf(fake.context)['grid']).toMatch(/thaw|freeze/.test(name) ? /^frozen/ : /^active/);
		delete fake.hooks.before;
		await repeat(fake.context);
		expectAgreed(fake, done);
	});
});

describe('a clock that is an hour off', () => {
	test.each([-3_600_000, 3_600_000])('(%i ms) still finds the key of a creation whose answer was lost', async off => {
		const fake = desk();
		const at = fake.context.clock();
		const skewed: Context = {...fake.context, clock: () => at + off};
		fake.hooks.after = name => {
			if (name === 'createSubKey') throw wireError({kind: 'timeout'});
		};
		await expect(create(skewed)).rejects.toMatchObject({code: 'creation-undone'});
		expectAgreed(fake, unchanged);
	});

	test('leaves a key of the same name alone that was made at another time', async () => {
		const fake = desk();
		const at = fake.context.clock();
		fake.hooks.before = name => {
			if (name !== 'createSubKey') return;
			fake.listed.push({...fake.listed[0]!, label: 'newbot', apiKey: 'theirs', createdAt: at - 40 * 60_000});
			throw wireError({kind: 'timeout'});
		};
		await expect(create(fake.context)).rejects.toMatchObject({code: 'creation-unknown'});
		expect(fake.listed.map(({apiKey}) => apiKey)).toEqual([grid.credential.apiKey, 'theirs']);
	});
});

test('two programs that rotate the same key at once make one new key, and one says what is under way', async () => {
	const fake = desk();
	const results = await Promise.allSettled([beginRotation(fake.context, 'a1'), beginRotation(fake.context, 'a1')]);
	const [failed] = results.flatMap(result => (result.status === 'rejected' ? [result.reason as AppError] : []));
	expect(failed).toMatchObject({code: 'rotation-under-way', hint: expect.stringContaining('--continue') as string});
	expect(fake.listed).toHaveLength(2);
	await rotate(fake.context);
	expectAgreed(fake, unchanged);
});
