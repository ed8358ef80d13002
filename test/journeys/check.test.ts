import {describe, expect} from 'vitest';
import {testWith} from './journey.ts';
import {run, type Home} from './program.ts';

const test = testWith('monitored');

const policyFile = (home: Home, policy: unknown) => home.jsonFile('policy.json', policy);

describe.concurrent('check, as cron runs it', () => {
	test('says nothing at all where all is well', async ({vault}) => {
		expect(await vault.run('check')).toEqual({status: 0, out: '', err: ''});
		expect(await vault.run('check', 'grid', '--no-touch')).toEqual({status: 0, out: '', err: ''});
		expect(await vault.run('check', '--readonly')).toEqual({status: 0, out: '', err: ''});
	});

	test('says one line for each finding, and ends with the worst', async ({home, vault}) => {
		const policy = policyFile(home, {tradeNeedsIp: true});
		expect(await vault.run('check', '--policy', policy)).toEqual({
			status: 41,
			out: 'open: policy violated: can trade from any address, and an IP list is required (41)\n',
			err: '',
		});
		expect(await vault.run('check', 'grid', '--policy', policy)).toEqual({status: 0, out: '', err: ''});
		// One that was revoked on purpose is no finding, unless it is asked for.
		expect((await vault.run('check', '--policy', policy)).status).toBe(41);
		const {status, out, err} = await vault.run('check', 'dead', 'open', '--policy', policy);
		expect([status, err]).toEqual([21, '']);
		expect(out).toMatch(/^dead: key missing or expired: .*\(50119\) \(21\)\nopen: policy violated: .* \(41\)\n$/);
	});

	test('gives all it knows as JSON', async ({home, vault}) => {
		const {status, out} = await vault.run('check', '--json', '--policy', policyFile(home, {tradeNeedsIp: true}));
		expect(status).toBe(41);
		expect(JSON.parse(out)).toMatchObject([
			{name: 'grid', ok: true, code: 0, live: {permissions: ['read', 'trade']}, findings: []},
			{name: 'main', findings: []},
			{
				name: 'open',
				ok: true,
				code: 0,
				findings: [{code: 41, text: 'can trade from any address, and an IP list is required'}],
			},
		]);
		expect(Object.keys((JSON.parse(out) as {findings: object[]}[])[2]!.findings[0]!)).toEqual(['code', 'text']);
	});

	test('refuses a wrong policy before anything is tested', async ({home, vault}) => {
		for (const [policy, words] of [
			[{tradeNeedsIP: true}, 'tradeNeedsIP'],
			[{maxAgeDays: 'ninety'}, 'maxAgeDays'],
			[{}, 'empty'],
			[{sites: ['golbal']}, 'golbal'],
		] as const) {
			const {status, out, err} = await run(home, [
				'check',
				'--policy',
				policyFile(home, policy),
				'--vault',
				home.file('none.json'),
			]);
			expect([status, out]).toEqual([2, '']);
			expect(err).toContain(words);
		}

		expect(await vault.run('check', '--policy', home.file('none'))).toMatchObject({status: 2, out: ''});
	});

	test('asks nothing, and says what to give', async ({vault}) => {
		expect(await vault.plain('check')).toMatchObject({
			status: 11,
			out: '',
			err: expect.stringContaining('--key-file') as string,
		});
		expect(await vault.run('check', 'nobody')).toMatchObject({status: 10, out: ''});
	});
});
