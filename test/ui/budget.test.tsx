import {expect, test, vi} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {stopTime} from '../helpers/time.ts';
import {world} from '../helpers/world.ts';

// Colour costs bytes, so the budget is for a terminal that has it; Ink asks once, when it is loaded.
vi.hoisted(() => {
	process.env['FORCE_COLOR'] = '1';
});

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

test('a moved selection costs fewer than 600 bytes at 80x24', async () => {
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	await terminal.press('Down');
	const costs: number[] = [];
	for (let count = 0; count < 8; count++) {
		const before = terminal.bytes;
		await terminal.press('Down');
		costs.push(terminal.bytes - before);
	}

	expect(terminal.written).toContain('\u001B[3');
	expect(Math.max(...costs)).toBeLessThan(600);
});

test('nothing is written while nothing happens', async () => {
	stopTime('setInterval', 'clearInterval', 'Date');
	const {context} = await world({sandbox: false, keys});
	const {terminal} = await openApp(context);
	const before = terminal.bytes;
	for (let second = 0; second < 10; second++) {
		await vi.advanceTimersByTimeAsync(1000);
		await terminal.settle();
	}

	expect(terminal.bytes).toBe(before);
});
