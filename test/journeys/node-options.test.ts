import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {program, run} from './program.ts';

describe.concurrent('a start that lets secrets out', () => {
	test('code-from-outside: NODE_OPTIONS=--require is refused by every command, before it does anything', async ({
		home,
	}) => {
		const extra = home.file('extra.cjs');
		fs.writeFileSync(extra, '');
		for (const words of [
			['list'],
			['--sandbox'],
			['init', '--sandbox', '--passphrase-file', home.passphraseFile('correct horse battery')],
		]) {
			const {status, out, err} = await run(home, words, {environment: {NODE_OPTIONS: `--require=${extra}`}});
			expect({status, out}).toEqual({status: 2, out: ''});
			expect(err).toBe(
				'okx-keys: Node’s option --require, which NODE_OPTIONS holds, is not one of those that this program is ' +
					'known to be safe with, so okx-keys does not start.\nStart it as env -u NODE_OPTIONS okx-keys.\n',
			);
		}

		expect(home.files().map(({name}) => path.basename(name))).not.toContain('sandbox.json');
	});

	test.for([
		['--inspect=127.0.0.1:0', '--inspect'],
		['--heapsnapshot-signal=SIGUSR2', '--heapsnapshot-signal'],
		['--tls-keylog=keys', '--tls-keylog'],
		['--report-on-signal', '--report-on-signal'],
	] as const)('node %s is refused', ([option, name], {home}) => {
		const {status, stderr} = spawnSync(process.execPath, [option, program, 'list'], {
			env: home.environment,
			cwd: home.path,
			encoding: 'utf8',
		});
		expect(status).toBe(2);
		expect(stderr).toContain(`Node’s option ${name} is not one of those`);
	});

	test('help and version touch no secret, and are told all the same', async ({home}) => {
		for (const [words, told] of [
			[['--version'], /^\d+\.\d+\.\d+\n$/],
			[['-h'], /^Usage: okx-keys /],
			[['help', 'show'], /^Usage: okx-keys show/],
		] as const) {
			expect(await run(home, words, {environment: {NODE_OPTIONS: '--inspect=127.0.0.1:0'}})).toMatchObject({
				status: 0,
				out: expect.stringMatching(told) as string,
			});
		}
	});

	test('NODE_DEBUG is refused', async ({home}) => {
		expect(await run(home, ['list'], {environment: {NODE_DEBUG: 'stream'}})).toMatchObject({
			status: 2,
			out: '',
			err: expect.stringContaining('env -u NODE_DEBUG okx-keys') as string,
		});
	});

	test('a start as most people have it goes on', async ({home}) => {
		expect(
			await run(home, ['--version'], {
				environment: {
					NODE_OPTIONS: '--max-old-space-size=512 --no-warnings',
					NODE_V8_COVERAGE: home.file('coverage'),
					NODE_EXTRA_CA_CERTS: '/dev/null',
					NODE_DEBUG: '',
				},
			}),
		).toMatchObject({status: 0, err: ''});
	});
});
