import {spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {Home, program} from './program.ts';
import {vaultIn, type TestVault} from './vaults.ts';

/** libfaketime's own program says where the library lies. */
const hasFaketime = spawnSync('faketime', ['--version']).status === 0;

describe.skipIf(!hasFaketime)('a machine whose clock is off', () => {
	let home: Home;
	let vault: TestVault;
	let exchange: ReturnType<typeof spawn>;

	beforeAll(async () => {
		home = new Home();
		vault = await vaultIn(home, 'live');
		// The exchange has the right time.
		exchange = spawn(process.execPath, [program, 'sandbox'], {
			env: home.environment,
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const [line] = (await once(exchange.stdout!, 'data')) as [Buffer];
		const {baseUrl, ...credential} = JSON.parse(line.toString()) as {readonly baseUrl: string};
		expect(await vault.runWith({input: JSON.stringify(credential)}, 'add', 'main', '--site', baseUrl)).toMatchObject({
			status: 0,
		});
	});
	afterAll(() => {
		exchange.kill();
		home.remove();
	});

	/** Runs the program as if the time were another; timers keep their pace. */
	function at(offset: string, ...words: readonly string[]) {
		const {status, stdout, stderr} = spawnSync(
			'faketime',
			['-f', offset, process.execPath, program, ...words, ...vault.opened],
			{
				env: {...home.environment, DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1'},
				encoding: 'utf8',
			},
		);
		return {status, out: stdout, err: stderr};
	}

	test.each([
		['+45s', 'ahead of'],
		['-45s', 'behind'],
	])('%s is told in seconds, with the side and what sets it right', (offset, side) => {
		const {status, out, err} = at(offset, 'test', 'main');
		expect([status, err]).toEqual([23, '']);
		expect(out).toMatch(new RegExp(`^main: The clock of this machine is 4[456] s ${side} the exchange.*50102`));
		const [result] = JSON.parse(at(offset, 'test', 'main', '--json').out) as {
			readonly skewMs: number;
			readonly exchangeCode: string;
			readonly fix: string;
		}[];
		expect(result).toMatchObject({exchangeCode: '50102'});
		expect(Math.abs(Math.abs(result!.skewMs) - 45_000)).toBeLessThan(3000);
		expect(result!.fix).not.toBe('');
		expect(at(offset, 'check')).toMatchObject({status: 23, err: ''});
	});

	test('20 s are shown and do no harm', () => {
		const {status, out} = at('+20s', 'test', 'main');
		expect(status).toBe(0);
		expect(out).toMatch(/our clock is (19|20|21)\.\d s ahead/);
	});

	test('a key can be managed all the same: the call is signed with the time of the exchange', () => {
		expect(at('+45s', 'create', 'sub1', '--sub-account', 'gridbots01')).toMatchObject({status: 0});
		expect(at('+45s', 'revoke', 'sub1', '--yes')).toMatchObject({status: 0});
	});
});
