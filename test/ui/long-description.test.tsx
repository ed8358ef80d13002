import {describe, expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {wrapLines, wrapLinesAsNeeded} from '../../source/ui/drawing/wrap.ts';

test.each([
	['short lines', 'short\n'.repeat(1_700_000)],
	['one line', 'words of one line '.repeat(550_000)],
	['characters of two columns', '漢字 '.repeat(1_700_000)],
])(
	'10 MB of description in %s cost no more than what is seen of them, in list, key and edit',
	async (_, description) => {
		const long = storedKey({id: 'k1', name: 'long', description});
		const short = storedKey({
			id: 'k2',
			name: 'short',
			description: 'some words',
			credential: {...storedKey().credential, apiKey: 'another-key'},
		});
		const {context} = await world({sandbox: false, keys: [long, short]});
		const {terminal} = await openApp(context, {columns: 120, rows: 36});
		const {segment} = Intl.Segmenter.prototype;
		let units = 0;
		Intl.Segmenter.prototype.segment = function (text) {
			units += text.length;
			return segment.call(this, text);
		};
		try {
			await terminal.press('Down', 'Up', 'Down', 'Up');
			await terminal.see('long');
			units = 0;
			await terminal.press('Enter');
			await terminal.see('… more rows below');
			expect(units).toBeLessThan(8 * 36 * 100);
			await terminal.press('End');
			await terminal.see('… end', 'Created');
			await terminal.press('Home', 'PgDn', 'PgUp', 'Esc', 'e', 'Tab', 'Left', 'x');
			await terminal.see('Description');
		} finally {
			Intl.Segmenter.prototype.segment = segment;
		}

		expect(units).toBeLessThan(description.length / 10);
	},
);

test('a description that is shown in part says so', () => {
	expect(wrapLines('a\n\nb c', 3)).toEqual(['a', '', 'b c']);
	expect(wrapLines('word\n'.repeat(600), 60).at(-1)).toBe('… and more: the command show prints all of it');
	expect(wrapLines('word\n'.repeat(600), 60)).toHaveLength(500);
	expect(wrapLines('', 10)).toEqual(['']);
});

test('rows that are laid out as they are needed are those that are laid out at once', () => {
	for (const text of ['a\n\nb c', 'word\n'.repeat(600), 'word '.repeat(499 * 12), 'word\n'.repeat(499), '']) {
		const asNeeded = wrapLinesAsNeeded(text, 60);
		for (const most of [0, 1, 3, 40, 39, 499, Infinity]) {
			const rows = asNeeded(most);
			const whole = wrapLines(text, 60);
			expect(rows.length).toBeGreaterThanOrEqual(Math.min(most, whole.length));
			expect(rows).toEqual(whole.slice(0, rows.length));
		}
	}
});

describe('a description that the vault has no room for', () => {
	/** A world the vault of which has room for 5,000 bytes more. */
	async function tight() {
		const {context} = await world({sandbox: false, keys: [storedKey({name: 'grid', description: 'short'})]});
		return {...context, vault: {...context.vault, room: () => 5000}};
	}

	test('is told while it is typed into the wizard, which goes no further with it', async () => {
		const {terminal} = await openApp(await tight());
		await terminal.press('n', 'name', 'Tab');
		await terminal.paste('x'.repeat(1000));
		await terminal.see('The description is 98 bytes longer');
		await terminal.press('Enter');
		await terminal.see('Shorten it');
		expect(terminal.screen).toContain('Name and description');
		await terminal.press('Ctrl+U');
		await terminal.see('optional; only in this vault');
	});

	test('is told while it is typed into an edit, where the one before gives its room', async () => {
		const {terminal} = await openApp(await tight());
		await terminal.press('e', 'Tab');
		await terminal.paste('x'.repeat(5002));
		await terminal.see('The description is 2 bytes longer');
		await terminal.press('Backspace', 'Backspace');
		await terminal.see('only in this vault; Alt+Enter');
	});
});
