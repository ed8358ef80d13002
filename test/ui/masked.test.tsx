import {expect, test} from 'vitest';
import {lineOf} from '../../source/core/text/editing/line-editor.ts';
import {maskedRow} from '../../source/ui/drawing/line-rows.ts';
import {openApp} from '../helpers/app.tsx';
import {world, worldPassphrase} from '../helpers/world.ts';

const shownOf = (text: string) =>
	maskedRow(lineOf(text), false, 40)
		.map(piece => (typeof piece === 'string' ? piece : piece.text))
		.join('')
		.trimEnd();

test.each([
	['letters', 'abc', 3],
	['a letter with a mark of its own', 'e\u0301x', 2],
	['a picture that is joined of several', '👨‍👩‍👧', 1],
	['characters of two columns', '漢字', 2],
])('a masked field shows a dot for each character of %s, whatever its width', (_, text, count) => {
	expect(shownOf(text)).toBe('•'.repeat(count));
});

test('what is typed, edited and pasted into a masked field never reaches the terminal', async () => {
	const {context} = await world();
	context.vault.lock();
	const {terminal} = await openApp(context);
	await terminal.press('sEcReT', 'Left', 'Left', 'Backspace');
	await terminal.see('•••••');
	await terminal.press('Home', 'Delete', 'End');
	await terminal.see('••••');
	await terminal.press('Ctrl+U');
	await terminal.paste(worldPassphrase);
	await terminal.see('•'.repeat(worldPassphrase.length));
	for (const text of ['sEcReT', 'EcR', worldPassphrase, 'correct']) expect(terminal.written).not.toContain(text);
	await terminal.press('Enter');
	await terminal.see('1 key');
	expect(terminal.written).not.toContain('correct');
});
