import {describe, expect, test} from 'vitest';
import {handleIncident} from '../../source/actions/incident/incident.ts';
import {isAppError} from '../../source/core/errors.ts';
import {findings} from '../../source/core/health/findings.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {wireError} from '../helpers/fakes.ts';
import {credentialWith} from '../helpers/keys.ts';
import {cutsOf, cuttingOff, never} from './cutting-off.ts';
import {at, desk, grid, manager, type Desk} from './rotations.ts';

const sibling: StoredKey = {...grid, id: 's', name: 'watch', credential: credentialWith({apiKey: 'watch'})};

/** A vault where another key reads the account, and one where only the leaked key does. */
const vaults = {
	'with another key of the account': () => desk([manager, grid, sibling]),
	'with no other key of the account': () => desk(),
};

const leaked = ({vault}: Desk) => vault.read().keys.find(({id}) => id === 'a1')!;

/** Whether the key can do harm on the exchange. */
function isDangerous({listed}: Desk): boolean {
	return listed.some(({apiKey, permissions}) => apiKey === grid.credential.apiKey && permissions.includes('trade'));
}

function agreed(fake: Desk): void {
	expect(leaked(fake)).toMatchObject({status: 'revoked', incident: {step: 'done'}});
	expect(leaked(fake).freeze).toBeUndefined();
	expect(fake.listed).toEqual([]);
	expect(findings(leaked(fake), at)).toEqual([]);
}

describe.each(Object.entries(vaults))('%s', async (_, made) => {
	const fake = made();
	const whole = cuttingOff(fake, never);
	await handleIncident(whole.cut, 'a1');

	test('an incident ends with the key gone, and what it could do before noted with it', () => {
		agreed(fake);
		expect(leaked(fake).incident?.before).toEqual({permissions: ['read', 'trade'], ip: ['203.0.113.7']});
	});

	test('the first thing that the exchange is asked ends the harm', () => {
		expect(whole.events[0]).toBe('save');
		expect(['deleteSubKey', 'modifySubKey']).toContain(whole.events[1]);
	});

	test.each(cutsOf(whole.events))('one that is $how event $event ($name) is gone on with', async cut => {
		const fake = made();
		await handleIncident(cuttingOff(fake, cut).cut, 'a1').catch(() => undefined);
		const isNoted = leaked(fake).incident !== undefined;
		// Nothing has happened yet, or the harm is over, or a finding says what to do.
		const isOpen = findings(leaked(fake), at).some(({id}) => id === 'incident-open');
		if (isDangerous(fake)) expect(isOpen).toBe(isNoted);
		if (isNoted && leaked(fake).status !== 'revoked') expect(leaked(fake).status).toBe('frozen');
		await handleIncident(fake.context, 'a1');
		agreed(fake);
	});
});

test('a vault that cannot be saved does not keep a leaked key alive', async () => {
	const fake = desk();
	const {vault, listed, context} = fake;
	vault.failNext(new Error('disk full'));
	const error: unknown = await handleIncident(context, 'a1').catch((error: unknown) => error);
	expect(listed).toEqual([]);
	if (isAppError(error)) expect(error.code).toBe('applied-not-stored');
	else expect(leaked(fake).status).toBe('revoked');
});

test('where the exchange refuses to change the key, it is deleted', async () => {
	const fake = desk();
	fake.hooks.before = name => {
		if (name === 'modifySubKey') throw new Error('refused');
	};
	await handleIncident(fake.context, 'a1');
	agreed(fake);
});

test('where the exchange refuses to delete the key, it is left only Read, and what is left to do is said', async () => {
	const fake = desk([manager, grid, sibling]);
	fake.hooks.before = name => {
		if (name === 'deleteSubKey') throw wireError({kind: 'code', exchangeCode: '50030', httpStatus: 200});
	};
	const {problem, report} = await handleIncident(fake.context, 'a1');
	expect(isDangerous(fake)).toBe(false);
	expect(problem).toMatchObject({code: 'incident-not-ended'});
	expect(report.cut.state).toBe('read-only');
	expect(findings(leaked(fake), at).map(({id}) => id)).toContain('incident-open');
	delete fake.hooks.before;
	await handleIncident(fake.context, 'a1');
	agreed(fake);
});
