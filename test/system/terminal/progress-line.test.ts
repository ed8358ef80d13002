import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createProgressLine} from '../../../source/system/terminal/progress-line.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** What stands on the line after each write. */
function line(columns = 80) {
	const written: string[] = [];
	const progress = createProgressLine(
		text => {
			expect(text.startsWith('\r\u001B[K')).toBe(true);
			written.push(text.slice(4));
		},
		() => columns,
	);
	return {...progress, written};
}

/** Work that ends when it is told to. */
function work<Result>() {
	const {promise, resolve, reject} = Promise.withResolvers<Result>();
	return {run: async () => promise, resolve, reject};
}

test('work that takes less than a second says nothing', async () => {
	const {wait, written} = line();
	const {run, resolve} = work<string>();
	const waited = wait('Opening…', run);
	vi.advanceTimersByTime(999);
	resolve('done');
	expect(await waited).toBe('done');
	vi.advanceTimersByTime(5000);
	expect(written).toEqual([]);
});

test('longer work counts its seconds, and the line is clear when it ends, also by an error', async () => {
	const {wait, written} = line();
	const {run, reject} = work();
	const waited = wait('Opening…', run);
	vi.advanceTimersByTime(2500);
	reject(new Error('no'));
	await expect(waited).rejects.toThrow('no');
	expect(written).toEqual(['Opening… 1 s', 'Opening… 2 s', '']);
});

test('work inside of other work adds no words of its own', async () => {
	const {wait, written} = line();
	const {run, resolve} = work();
	const waited = wait('Testing…', async () => wait('Saving…', run));
	vi.advanceTimersByTime(1000);
	resolve(undefined);
	await waited;
	expect(written).toEqual(['Testing… 1 s', '']);
});

test('a progress takes the place of the words, and stays until it is cleared', async () => {
	const {wait, show, written} = line();
	const {run, resolve} = work();
	const waited = wait('Testing…', run);
	vi.advanceTimersByTime(1000);
	show('[##..] 1 of 2');
	vi.advanceTimersByTime(3000);
	resolve(undefined);
	await waited;
	show('');
	show('');
	expect(written).toEqual(['Testing… 1 s', '[##..] 1 of 2', '']);
});

test('another output finds a clear line, and the words come back below it', async () => {
	const {wait, makeWay, written} = line();
	const {run, resolve} = work();
	const waited = wait('Opening…', run);
	vi.advanceTimersByTime(1000);
	makeWay();
	vi.advanceTimersByTime(1000);
	resolve(undefined);
	await waited;
	expect(written).toEqual(['Opening… 1 s', '', 'Opening… 2 s', '']);
});

test('a text is cut to the width of the terminal, for a wrapped line could not be cleared', () => {
	const {show, written} = line(10);
	show('12345678901234567890');
	expect(written).toEqual(['12345678…']);
});
