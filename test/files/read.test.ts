import {execFileSync} from 'node:child_process';
import {appendFileSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {workOf} from '../helpers/time.ts';
import {otherThanFile, readBounded} from '../../source/files/read.ts';

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'okx-keys-read-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	return folder;
}

const judge = () => {};

test('gives all of a file up to the bound, and nothing of a longer one', () => {
	const file = join(newFolder(), 'file');
	for (const length of [0, 1, 99, 100]) {
		writeFileSync(file, 'x'.repeat(length));
		expect(readBounded(file, {most: 100, judge}).bytes?.toString()).toBe('x'.repeat(length));
	}

	writeFileSync(file, 'x'.repeat(101));
	expect(readBounded(file, {most: 100, judge}).bytes).toBeUndefined();
});

test('growing-file: the bound holds for what is read, not for what the file said of its size', () => {
	const file = join(newFolder(), 'file');
	writeFileSync(file, 'x');
	const grow = (length: number) => () => {
		appendFileSync(file, 'y'.repeat(length));
	};
	expect(readBounded(file, {most: 100, judge: grow(99)}).bytes).toHaveLength(100);
	expect(readBounded(file, {most: 100, judge: grow(1)}).bytes).toBeUndefined();
	writeFileSync(file, 'x');
	expect(readBounded(file, {most: 100, judge: grow(10_000)}).bytes).toBeUndefined();
});

test.skipIf(process.platform !== 'linux')('a file that says it has no bytes is read all the same', () => {
	expect(readBounded('/proc/self/status', {most: 65_536, judge}).bytes?.toString()).toContain('VmRSS');
});

test('huge-file: what is too long is not read at all', async () => {
	const file = join(newFolder(), 'file');
	writeFileSync(file, '');
	truncateSync(file, 3 * 2 ** 30);
	const work = await workOf(() => {
		expect(readBounded(file, {most: 2 ** 31, judge}).bytes).toBeUndefined();
	});
	expect(work).toBeLessThan(200);
});

test('fifo-hangs: no pipe is waited for, and what is judged can be told', () => {
	const folder = newFolder();
	const pipe = join(folder, 'pipe');
	execFileSync('mkfifo', [pipe]);
	for (const [path, what] of [
		[pipe, 'a pipe'],
		[folder, 'a folder'],
		['/dev/zero', 'a socket or a device'],
	] as const) {
		expect(() =>
			readBounded(path, {
				most: 100,
				judge(stats) {
					throw new Error(otherThanFile(stats));
				},
			}),
		).toThrow(what);
	}
});

test('a link is followed only where that is wanted', () => {
	const folder = newFolder();
	writeFileSync(join(folder, 'file'), 'text');
	symlinkSync('file', join(folder, 'link'));
	expect(() => readBounded(join(folder, 'link'), {most: 100, judge})).toThrow('ELOOP');
	expect(readBounded(join(folder, 'link'), {most: 100, judge, isLinkFollowed: true}).bytes?.toString()).toBe('text');
});
