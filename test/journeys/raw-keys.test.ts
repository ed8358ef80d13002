import {describe, expect} from 'vitest';
import {secretKey} from './exec.ts';
import {passphrase} from './vaults.ts';
import {hasPty, takeLetters, test as raw, type RawTerminal} from './raw-terminal.ts';

const esc = '\u001B';
const st = `${esc}\\`;

/** What terminals send that nobody has pressed. */
const unasked: Readonly<Record<string, string>> = {
	DA1: `${esc}[?62;1;2;4;6;9;15;16;22;28c`,
	DA2: `${esc}[>41;370;0c`,
	DA3: `${esc}P!|00000000${st}`,
	'DECRPM of a private mode': `${esc}[?2026;2$y`,
	'DECRPM of a mode': `${esc}[4;2$y`,
	'the cursor’s place': `${esc}[24;80R`,
	'the cursor’s place in the first line': `${esc}[1;5R`,
	'the cursor’s place with its page': `${esc}[?24;80;1R`,
	'the state of the terminal': `${esc}[0n`,
	'the colour scheme': `${esc}[?997;1n`,
	'a colour of the palette': `${esc}]4;1;rgb:cdcd/0000/0000${st}`,
	'the foreground': `${esc}]10;rgb:ffff/ffff/ffff\u0007`,
	'the background': `${esc}]11;rgb:1e1e/1e1e/1e1e\u0007`,
	'the colour of the cursor': `${esc}]12;rgb:ffff/ffff/ffff${st}`,
	'the clipboard': `${esc}]52;c;${Buffer.from(secretKey).toString('base64')}\u0007`,
	'the clipboard, ended by ST': `${esc}]52;c;${Buffer.from(secretKey).toString('base64')}${st}`,
	'a title': `${esc}]lyes, quit${st}`,
	XTGETTCAP: `${esc}P1+r544e=787465726d${st}`,
	'XTGETTCAP that fails': `${esc}P0+r544e${st}`,
	DECRQSS: `${esc}P1$r0m${st}`,
	XTVERSION: `${esc}P>|XTerm(370)${st}`,
	'XTVERSION of tmux': `${esc}P>|tmux 3.4${st}`,
	'flags of the kitty keyboard': `${esc}[?0u`,
	'a release of the kitty keyboard': `${esc}[113;1:3u`,
	'a picture of kitty': `${esc}_Gi=31;OK${st}`,
	'focus gained': `${esc}[I`,
	'focus lost': `${esc}[O`,
	'X10 mouse': `${esc}[M !!`,
	'X10 mouse, far to the right': `${esc}[M#~y`,
	'SGR mouse': `${esc}[<0;10;20M`,
	'SGR mouse released': `${esc}[<0;10;20m`,
	'urxvt mouse': `${esc}[32;10;20M`,
	'size in characters': `${esc}[8;24;80t`,
	'size in pixels': `${esc}[4;600;800t`,
	'state of the window': `${esc}[1t`,
	'resize in band': `${esc}[48;24;80;600;800t`,
	'private message': `${esc}^q${st}`,
	'start of string': `${esc}Xq${st}`,
	'end of a paste that never began': `${esc}[201~`,
};

const test = raw.extend('list', ({sandbox, openRaw}) => async (environment: NodeJS.ProcessEnv = {}) => {
	const terminal = openRaw(sandbox.opened, {environment, rows: 50});
	await takeLetters(terminal);
	await terminal.see('q quit');
	return terminal;
});

/** On a machine at work the pieces of a sequence come later than any connection brings them. */
const slow = {ESCDELAY: '10000'};

/** A cursor in the field for the name of a new key. */
async function openName(terminal: RawTerminal): Promise<void> {
	await terminal.send('n');
	await terminal.see('0 of 10 characters');
}

describe.skipIf(!hasPty).concurrent('what a terminal sends (needs python3 and /proc)', () => {
	test('several keys in one piece are pressed one after another', async ({list}) => {
		const terminal = await list();
		await terminal.send(`nab${esc}[Dc\u007F\u007Fd\u0005\u0015grid\rfor ETH\r`);
		await terminal.see('step 2 of 6');
		await terminal.send(`${esc}[5~`);
		expect(await terminal.see('step 1 of 6')).toMatch(/Name +grid[^]*Description +for ETH/);
		await terminal.send(`${esc}[Z\u0005\u0015gr\tX`);
		expect(await terminal.see(/Description +for ETHX/)).toMatch(/Name +gr\s/);
	});

	test('keys are whole wherever their sequences are torn', async ({list}) => {
		const terminal = await list(slow);
		await openName(terminal);
		await terminal.send('abcdef');
		for (const [left, right] of [
			[`${esc}[D`, `${esc}[C`],
			[`${esc}OD`, `${esc}OC`],
			[`${esc}[1;1D`, `${esc}[1;1C`],
		] as const)
			for (let at = 1; at < left.length; at++)
				await terminal.send(left.slice(0, at), left.slice(at), 'x', '\u007F', right.slice(0, at), right.slice(at));
		for (const key of [`${esc}OP`, `${esc}[15~`, `${esc}[24;5~`, `${esc}[1;6P`, `${esc}[[A`])
			for (let at = 1; at < key.length; at++) await terminal.send(key.slice(0, at), key.slice(at));
		await terminal.send('g');
		await terminal.see(/Name +abcdefg\s/);
		const pasted = `${esc}[200~hi${esc}[201~`;
		for (let at = 1; at < pasted.length; at++) await terminal.send('\u0015', pasted.slice(0, at), pasted.slice(at));
		await terminal.send('!');
		await terminal.see(/Name +hi!/);
	});

	test.for([
		['over SSH', {SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22'}],
		['locally', {}],
	] as const)(
		'Escape %s acts by itself, and with a letter in a piece of its own it is not Alt',
		async ([, environment], {list}) => {
			const terminal = await list(environment);
			await terminal.send('?');
			await terminal.see('Moving in a list');
			await terminal.send(esc);
			await terminal.seeNot('Moving in a list');
			await terminal.send('?');
			await terminal.see('Moving in a list');
			await terminal.send(esc, 'n');
			await terminal.see('step 1 of 6');
			await terminal.send('one two');
			await terminal.see(/Name +one two/);
			await terminal.send(`${esc}b`, 'x');
			await terminal.see(/Name +one xtwo/);
		},
	);

	test('no answer of a terminal presses a key, is typed or is shown, whole or torn anywhere', async ({list}) => {
		const terminal = await list(slow);
		const body = () => terminal.screen.split('\n').slice(1, -2);
		const before = body();
		const all = Object.values(unasked);
		await terminal.send(...all, all.join(''));
		for (const text of all)
			for (let at = 1; at < text.length; at++) await terminal.send(text.slice(0, at), text.slice(at));
		await terminal.send('/x');
		await terminal.see('/ x');
		await terminal.send('\u007F\r');
		await terminal.see('q quit');
		expect(body()).toEqual(before);

		await openName(terminal);
		await terminal.send('a', ...all, all.join(''));
		for (const text of all) await terminal.send(...Array.from(text));
		await terminal.send('b');
		expect(await terminal.see(/Name +ab\s/)).toContain('2 of 10 characters');
		expect(terminal.written).not.toContain(secretKey);
		expect(terminal.written).not.toContain(Buffer.from(secretKey).toString('base64'));
	});

	test('no answer of a terminal is part of a passphrase, typed in full screen or at a question', async ({
		sandbox,
		openRaw,
	}) => {
		const all = Object.values(unasked);
		const typed = Array.from(passphrase).flatMap((letter, at) => [letter, all[at % all.length]!]);
		const screen = openRaw(['--sandbox'], {environment: slow});
		await screen.see('› Passphrase');
		await screen.send(...typed, ...all, '\r');
		await screen.see(/main +RT-/);

		const question = openRaw(['list', '--sandbox', '--vault', sandbox.path], {columns: 120, environment: slow});
		await question.see('Passphrase or recovery key:');
		await question.send(...typed, ...all, '\r');
		await question.see(/main +read/);
		expect(await question.ended()).toBe(0);
	});

	test('a paste whose end is lost is given up, and says so', async ({list}) => {
		const terminal = await list();
		await openName(terminal);
		await terminal.send('a', `${esc}[200~half of a se`);
		await terminal.see('The end of a paste never came');
		await terminal.send('b');
		await terminal.see(/Name +ab\s/);
		expect(terminal.written).not.toContain('half of');
	});
});

const apiKey = '11111111-2222-4333-8444-555555555555';

describe.skipIf(!hasPty).concurrent('a pasted key (needs python3 and /proc)', () => {
	raw.for([
		['a line break around it', `\n${apiKey}\n`, `\n${secretKey}\n`],
		['CRLF', `${apiKey}\r\n`, `${secretKey}\r\n`],
		['blanks that do not break', `\u00A0${apiKey}\u202F`, `\u00A0\u2007${secretKey}\u00A0`],
		['marks without a width', `\u200B${apiKey.slice(0, 9)}\u200B${apiKey.slice(9)}\u200E`, `\u2060${secretKey}\u00AD`],
		['a byte order mark', `\uFEFF${apiKey}`, `\uFEFF${secretKey}`],
		['both in one paste, with all of these', `\uFEFF\u200B${apiKey}\u00A0\r\n\u200B${secretKey}\u2060\r\n`, ''],
	])('with %s is taken without it', async ([, first, second], {live, openRaw}) => {
		const terminal = openRaw(live.opened);
		await takeLetters(terminal);
		await terminal.send('ngrid\r\r');
		await terminal.see('step 2 of 6');
		await terminal.send(`${esc}[6~`);
		await terminal.see('step 3 of 6');
		await terminal.send(`${esc}[6~`);
		await terminal.see('step 4 of 6');
		await terminal.send(`${esc}[6~`);
		await terminal.see('step 5 of 6');
		await terminal.send('y');
		await terminal.see('step 6 of 6');
		await terminal.send(`${esc}[200~${first}${esc}[201~`);
		await terminal.see(new RegExp(`API key +${apiKey}\\s`));
		if (second !== '') await terminal.send('\t', `${esc}[200~${second}${esc}[201~`);
		await terminal.see(new RegExp(`Secret key +•{${secretKey.length}}\\s`));
		expect(terminal.written).not.toContain(secretKey);
	});
});
