import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {program} from './program.ts';

describe.concurrent('check of an exchange that', () => {
	const credential = (name: string) =>
		JSON.stringify({
			apiKey: `7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5${name}`,
			secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
			passphrase: 'Correct-Horse9!',
		});

	test('cannot be reached says so in one line for all its keys', async ({live}) => {
		for (const name of ['f6', 'f7'])
			expect(
				await live.runWith({input: credential(name)}, 'add', name, '--site', 'http://127.0.0.1:1', '--no-test'),
			).toMatchObject({status: 0});
		expect(await live.run('check')).toEqual({
			status: 30,
			out: '2 keys at 127.0.0.1:1 (f6, f7): network or TLS: 127.0.0.1:1 refused the connection. (30)\n',
			err: '',
		});
		expect(await live.run('check', '--nagios')).toMatchObject({
			status: 2,
			out: expect.stringContaining('2 of 2 keys failing: f6 (network or TLS), f7 (network or TLS) |') as string,
		});
	});

	test('does not answer is left by a signal, which says how far the check came and writes no figures', async ({
		home,
		live,
		onTestFinished,
	}) => {
		const silent = http.createServer(() => {});
		onTestFinished(() => {
			silent.closeAllConnections();
			silent.close();
		});
		await new Promise<void>(resolve => {
			silent.listen(0, '127.0.0.1', resolve);
		});
		const {port} = silent.address() as AddressInfo;
		expect(
			await live.runWith({input: credential('f8')}, 'add', 'mute', '--site', `http://127.0.0.1:${port}`, '--no-test'),
		).toMatchObject({status: 0});
		for (const [form, said] of [
			[[], {status: 3, out: '', err: 'Stopped: 0 of 1 were checked.\n'}],
			[['--nagios'], {status: 3, out: 'OKX KEYS UNKNOWN - stopped: 0 of 1 were checked\n', err: ''}],
		] as const) {
			const child = spawn(
				process.execPath,
				[program, 'check', 'mute', '--prometheus', home.file('never.prom'), ...form, ...live.opened],
				{env: home.environment},
			);
			const chunks = {out: '', err: ''};
			child.stdout.setEncoding('utf8').on('data', (text: string) => {
				chunks.out += text;
			});
			child.stderr.setEncoding('utf8').on('data', (text: string) => {
				chunks.err += text;
			});
			await once(silent, 'request');
			child.kill('SIGTERM');
			const [status] = (await once(child, 'close')) as [number | null];
			expect({status, ...chunks}).toEqual(said);
		}

		expect(fs.existsSync(home.file('never.prom'))).toBe(false);
	});
});
