import {expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {stopTime} from '../helpers/time.ts';
import {world} from '../helpers/world.ts';

const keys = Array.from({length: 40}, (_, index) =>
	storedKey({
		credential: {...storedKey().credential, apiKey: `key-${index}`},
		id: `k${index}`,
		name: `bot${String(index).padStart(2, '0')}`,
		description: `bot number ${index}`,
		permissions: index % 2 === 0 ? ['read', 'trade'] : ['read'],
		ip: index % 3 === 0 ? [] : [`203.0.113.${index}`],
		createdAt: Date.now(),
		environment: index % 4 === 0 ? 'demo' : 'live',
	}),
);

async function costs(columns: number, rows: number, before: readonly string[], pressed: readonly string[]) {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context, {columns, rows});
	await terminal.press(...before);
	const bytes: number[] = [];
	for (const key of pressed) {
		const written = terminal.bytes;
		await terminal.press(key);
		bytes.push(terminal.bytes - written);
	}

	expect(terminal.written).toContain('\u001B[3');
	return bytes;
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one) / numbers.length;
const times = (count: number, key: string) => Array.from({length: count}, () => key);

// A list of Ink of the same content takes 570 and 690 bytes (npm run bench -- press).
test.each([
	[80, 24, 280],
	[200, 60, 300],
])('a moved selection costs at most a list of Ink’s half at %ix%i', async (columns, rows, most) => {
	expect(Math.max(...(await costs(columns, rows, ['Down'], times(8, 'Down'))))).toBeLessThanOrEqual(most);
});

test('a list that scrolls costs at most 350 bytes a key', async () => {
	expect(mean(await costs(80, 24, times(17, 'Down'), times(18, 'Down')))).toBeLessThanOrEqual(350);
});

test.each([
	[80, 24],
	[200, 30],
])('a text that scrolls by a row costs at most 350 bytes at %ix%i', async (columns, rows) => {
	expect(Math.max(...(await costs(columns, rows, ['?', 'Down'], times(8, 'Down'))))).toBeLessThanOrEqual(350);
});

test('a hundred keys in one piece are drawn once or twice', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	const {frames} = terminal;
	await terminal.send('\u001B[B'.repeat(100));
	await terminal.see('› bot39');
	expect(terminal.frames - frames).toBeLessThanOrEqual(2);
});

test('nothing is written while nothing happens', async () => {
	stopTime('Date');
	const {context} = await world({sandbox: false, keys});
	const {terminal, pass} = await openApp(context);
	const before = terminal.bytes;
	for (let second = 0; second < 10; second++) {
		pass(1000);
		await terminal.settle();
	}

	expect(terminal.bytes).toBe(before);
});
