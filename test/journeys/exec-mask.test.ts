import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {until} from './ending.ts';
import {exec, started} from './exec.ts';
import {test} from './journey.ts';

describe.concurrent('okx-keys exec --mask', () => {
	test('shows no secret in what the program prints on either stream', async ({grid}) => {
		const script = 'echo "$OKX_API_KEY $OKX_SECRET_KEY"; printf %s "$OKX_PASSPHRASE" | base64 >&2; printf open';
		expect(await exec(grid, ['grid', '--mask', '--', 'sh', '-c', script])).toEqual({
			status: 0,
			out: '******** ********\nopen',
			err: '********\n',
		});
	});

	test('gives the program pipes, which it can open by their names', async ({grid}) => {
		const runtime = grid.home.file('runtime');
		fs.mkdirSync(runtime, {mode: 0o700});
		const script =
			'echo "$OKX_SECRET_KEY" >/dev/stdout; echo "$OKX_PASSPHRASE" | tee /dev/stderr >/dev/null; ' +
			'ls -A "$XDG_RUNTIME_DIR"; test -p /dev/stdout && test -p /dev/stderr && echo pipes';
		expect(
			await exec(grid, ['grid', '--mask', '--', 'sh', '-c', script], {environment: {XDG_RUNTIME_DIR: runtime}}),
		).toEqual({status: 0, out: '********\npipes\n', err: '********\n'});
	});

	test('masks all the same where no pipe can be made', async ({grid}) => {
		const folder = grid.home.file('bin');
		fs.mkdirSync(folder);
		fs.writeFileSync(path.join(folder, 'mkfifo'), '#!/bin/sh\nexit 1\n', {mode: 0o755});
		const environment = {PATH: `${folder}:${process.env['PATH']}`};
		expect(await exec(grid, ['grid', '--mask', '--', 'sh', '-c', 'echo "$OKX_SECRET_KEY"'], {environment})).toEqual({
			status: 0,
			out: '********\n',
			err: '',
		});
	});

	test('passes signals on, once', async ({grid}) => {
		const script =
			'trap "echo got TERM" TERM; trap "echo got HUP; exit 5" HUP; echo ready; while :; do sleep 0.05; done';
		const child = started(grid, ['grid', '--mask', '--', 'sh', '-c', script]);
		let out = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out += text;
		});
		await until(() => out.includes('ready'), 'the program runs');
		child.kill('SIGTERM');
		await until(() => out.includes('TERM'), 'the program got the signal');
		child.kill('SIGHUP');
		expect(await once(child, 'close')).toEqual([5, null]);
		expect(out).toBe('ready\ngot TERM\ngot HUP\n');
	});

	test('ends a program whose output is no longer read', async ({grid}) => {
		const child = started(grid, ['grid', '--mask', '--', 'sh', '-c', 'exec yes 2>/dev/null']);
		await once(child.stdout, 'data');
		child.stdout.destroy();
		const [status] = (await once(child, 'exit')) as [number | null];
		expect(status).not.toBe(0);
	});
});
