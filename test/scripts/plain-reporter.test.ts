import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';

/** The last line of a run of these files, and how it ended. */
function run(
	files: Readonly<Record<string, string>>,
	...more: readonly string[]
): {readonly last: string; readonly status: number | null; readonly out: string} {
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-report-'));
	onTestFinished(() => {
		fs.rmSync(root, {recursive: true});
	});
	for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(root, name), text);
	const reporter = path.resolve('scripts/plain-reporter.js');
	const words = ['run', '--globals', `--root=${root}`, `--reporter=${reporter}`, ...more];
	const {stdout, status} = spawnSync(path.resolve('node_modules/.bin/vitest'), words, {
		encoding: 'utf8',
		env: {...process.env, SIGNED_REQUESTS: ''},
	});
	return {last: stdout.trim().split('\n').at(-1)!, status, out: stdout};
}

test('the last line counts what has passed, failed and been skipped', () => {
	const text = `test('a', () => {}); test('b', () => { throw new Error('no'); }); test.skip('c', () => {});`;
	expect(run({'one.test.js': text})).toMatchObject({last: '1 passed, 1 failed, 1 skipped', status: 1});
	expect(run({'one.test.js': `test('a', () => {});`})).toMatchObject({last: '1 passed, 0 failed', status: 0});
});

test.each([
	['a file that cannot be loaded', `throw new Error('no');`],
	['a group without a test', `describe('none', () => {});`],
	[
		'a group whose preparation fails',
		`describe('x', () => { afterAll(() => { throw new Error('no'); }); test('a', () => {}); });`,
	],
])('%s has failed, although no test has', (_, text) => {
	const {last, status} = run({'well.test.js': `test('a', () => {});`, 'other.test.js': text});
	expect(last).toMatch(/ 1 failed$/);
	expect(status).toBe(1);
});

test('a test that passes only when it is tried again is named with its first error', () => {
	const text = `let tries = 0; test('a', () => { if (tries++ === 0) throw new Error('not yet'); });`;
	const {last, status, out} = run({'one.test.js': text}, '--retry=1');
	expect({last, status}).toEqual({last: '1 passed, 0 failed', status: 0});
	expect(out).toContain('Passed only when tried again: a\nnot yet\n');
	const never = `test('a', () => { throw new Error('never'); });`;
	expect(run({'one.test.js': never}, '--retry=1')).toMatchObject({last: '0 passed, 1 failed', status: 1});
});
