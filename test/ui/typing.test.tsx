import {expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {world, worldPassphrase} from '../helpers/world.ts';

test('typing ahead over a slow link does what typing slowly does', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	// Open the wizard, fill in a step, go on, choose, go on: all in one chunk.
	await terminal.send('nahead\rsome words\r');
	await terminal.see('step 2 of 6');
	await terminal.press('Esc');
	await terminal.see('ahead', 'some words', '5 of 10 characters');
});

test('a passphrase that arrives in one chunk with its Enter opens the vault', async () => {
	const {context} = await world();
	context.vault.lock();
	const {terminal} = await openApp(context);
	await terminal.send(`${worldPassphrase}\r`);
	await terminal.see('1 key');
});

test('a mistake mended within one chunk is mended', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n');
	await terminal.send('ab\u007Fcd');
	await terminal.settle();
	await terminal.see('acd', '3 of 10 characters');
	await terminal.send('\u0015x');
	await terminal.settle();
	await terminal.see('1 of 10 characters');
});

test('a pasted text never triggers a shortcut', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	const before = terminal.screen;
	await terminal.paste('nqLxDye?\n');
	expect(terminal.screen).toBe(before);
	expect(context.vault.isOpen()).toBe(true);
});

test('a paste of several lines is refused by a field of one, and said', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n');
	await terminal.paste('two\nlines');
	await terminal.see('nothing was pasted', '0 of 10 characters');
	await terminal.press('Enter');
	await terminal.paste('two\nlines\n');
	await terminal.see('two', 'lines');
});

test('an arrow key that a slow link has split leaves nothing behind', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', 'name', 'Enter');
	await terminal.escape();
	await terminal.send('[A');
	await terminal.settle();
	// The Escape alone asks before anything is lost; the rest of the key is not typed and answers no question.
	await terminal.see('Leave without saving?');
	await terminal.press('Enter');
	await terminal.see('name');
	expect(terminal.screen).not.toContain('[A');
});

test('a split Left arrow does not remove the selected key', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.escape();
	await terminal.send('[D');
	await terminal.settle();
	expect(terminal.screen).not.toContain('Remove');
	// What is pressed afterwards arrives at the list.
	await terminal.press('Enter');
	await terminal.see('v shows the secrets');
});

test('a line feed is Enter', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.send('\n');
	await terminal.see('v shows the secrets');
});

test('an emoji is one character to type, to count and to delete', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n', '👨‍👩‍👧', 'é');
	await terminal.see('2 of 10 characters');
	await terminal.press('Backspace', 'Backspace');
	await terminal.see('0 of 10 characters');
});

test('while letters are typed the footer names only keys that work', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('n');
	const footer = terminal.lines.at(-1)!;
	expect(footer).toContain('Ctrl+C quit');
	expect(footer).not.toMatch(/\bq quit|\? help|L lock/);
});

test('a key right behind typed text acts upon that text, even when both come in one read', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.send('n');
	// Ink makes two events of this, one after the other in the same turn.
	await terminal.send('gridbot\u001B[6~');
	await terminal.see('step 2 of 6');
});

test('Escape sequences in one read are acted upon one after another', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.send('n');
	await terminal.send('grid\u001B[6~\u001B[6~\u001B[B \u001B[6~10.0.0.1\u001B[6~');
	await terminal.see('step 5 of 6', 'read, withdraw', '10.0.0.1');
});
