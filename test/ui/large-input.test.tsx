import {expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {world} from '../helpers/world.ts';

/**
 * What is cut into graphemes or measured while something is done, in UTF-16 units: the work that must not grow with
 * the square of the input.
 */
async function workOf(act: () => Promise<void>): Promise<number> {
	const {segment} = Intl.Segmenter.prototype;
	let units = 0;
	Intl.Segmenter.prototype.segment = function (text) {
		units += text.length;
		return segment.call(this, text);
	};
	try {
		await act();
	} finally {
		Intl.Segmenter.prototype.segment = segment;
	}

	return units;
}

/** A text without brackets, in the pieces that a terminal gives. */
function pieces(text: string): string[] {
	return Array.from({length: Math.ceil(text.length / 4096)}, (_, index) =>
		text.slice(index * 4096, (index + 1) * 4096),
	);
}

const megabyte = 'é 漢 word '.repeat(131_072);

test.each(['bracketed', 'plain'] as const)(
	'a %s paste of 1 MB into a description is taken with work that is a small part of its length',
	async how => {
		const {context} = await world();
		const {terminal} = await openApp(context);
		await terminal.press('n', 'name', 'Enter');
		const work = await workOf(async () => {
			if (how === 'bracketed') await terminal.paste(megabyte);
			else for (const piece of pieces(megabyte)) await terminal.send(piece);
			await terminal.see('…');
		});
		expect(work).toBeLessThan(megabyte.length / 4);
		// All of it is there, and editing goes on.
		await terminal.press('Home');
		await terminal.see('é 漢 word é');
		await terminal.press('X');
		await terminal.see('Xé 漢 word');
	},
);

test.each(['bracketed', 'plain'] as const)(
	'a %s paste of 1 MB into a field of one line is cut at its limit, and that is said',
	async how => {
		const {context} = await world();
		const {terminal} = await openApp(context);
		await terminal.press('n', 'ab');
		const work = await workOf(async () => {
			if (how === 'bracketed') await terminal.paste(megabyte);
			else for (const piece of pieces(megabyte)) await terminal.send(piece);
			await terminal.see('This field takes at most 4,096 characters.');
		});
		expect(work).toBeLessThan(megabyte.length / 4);
		if (how === 'bracketed') expect(terminal.screen).toContain('The rest of the paste was left out.');
		await terminal.press('Ctrl+U', 'ab');
		await terminal.see('2 of 10 characters');
	},
);

test('a large text that comes where there is no field presses no key', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	const before = terminal.screen.split('\n').slice(0, 10);
	for (const piece of pieces('nDytL:'.repeat(10_000))) await terminal.send(piece);
	await terminal.see('there is no field for it');
	expect(terminal.screen.split('\n').slice(0, 10)).toEqual(before);
	expect(context.vault.isOpen()).toBe(true);
	await terminal.press('n');
	await terminal.see('step 1 of 6');
});

test('more keys at once than a person presses are ignored from the thousandth on, and that is said', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n');
	await terminal.send('a\t'.repeat(5000));
	await terminal.see('That was too much at once');
	await terminal.press('Ctrl+U', 'b');
	await terminal.see('b');
});
