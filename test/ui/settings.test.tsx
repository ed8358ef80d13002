import fs from 'node:fs';
import {describe, expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {withSetting} from '../helpers/settings.ts';
import {englishIn, speakPseudoLanguage} from '../helpers/pseudo-language.ts';
import {world} from '../helpers/world.ts';

const sizes = [
	[80, 24],
	[40, 12],
] as const;

/** The list of keys, and from there the settings. */
async function openSettings(columns = 80, rows = 24, wanted: Parameters<typeof world>[0] = {}) {
	const {context} = await world(wanted);
	const {terminal} = await openApp(context, {columns, rows});
	await terminal.see('1 key');
	await terminal.press(',');
	await terminal.see('› Lock after');
	return {context, terminal, settings: context.settings};
}

describe.each(sizes)('the settings at %ix%i', (columns, rows) => {
	test('change a time that is typed, and go back to the default', async () => {
		const {terminal, settings} = await openSettings(columns, rows);
		expect(terminal.screen).toMatch(/› Lock after +10m/);
		await terminal.press('Enter', 'Ctrl+U', '5m', 'Enter');
		await terminal.see('Lock after: 5m.', 'lock 5m');
		expect(settings.get('lock-time')).toBe(300_000);
		await terminal.press('r');
		await terminal.see('Lock after: 10m.', 'lock 10m');
		expect(settings.originOf('lock-time')).toEqual({from: 'default'});
	});

	test('refuse a time that is not allowed, and keep what was typed', async () => {
		const {terminal, settings} = await openSettings(columns, rows);
		await terminal.press('Enter', 'Ctrl+U', '5 years', 'Enter');
		await terminal.see('That is no value for');
		expect(terminal.screen).toContain('› Lock after            5 years');
		await terminal.press('Esc');
		expect(terminal.screen).toMatch(/› Lock after +10m/);
		expect(fs.existsSync(settings.path!)).toBe(false);
	});

	test('change a choice by arrows, at once', async () => {
		const {terminal, settings} = await openSettings(columns, rows);
		await terminal.press('Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Down', 'Right');
		await terminal.see('ASCII: always.', '> ASCII');
		expect(terminal.screen).not.toMatch(/[›─]/);
		await terminal.press('Left');
		await terminal.see('ASCII: auto.', '› ASCII');
		expect(settings.get('ascii')).toBe('auto');
	});

	test('list the actions, and take the key that is pressed', async () => {
		const {terminal, settings} = await openSettings(columns, rows);
		await terminal.press('G', 'k', 'k', 'k', 'k', 'Enter');
		await terminal.see('keys of your own: 0');
		await terminal.press('/', 'test the key live', 'Enter', 'Enter');
		await terminal.see('Press the key for “test the key li');
		await terminal.press('f');
		await terminal.see('f: test the key live.', '● f');
		await terminal.press('a', 'Ctrl+S');
		await terminal.see('f Ctrl+S: test the key live.', '● f Ctrl+S');
		expect(settings.keys()).toEqual({'key.test': ['f', 'ctrl+s']});
		await terminal.press('Enter', 'Esc');
		expect(settings.keys()).toEqual({'key.test': ['f', 'ctrl+s']});
		await terminal.press('r');
		await terminal.see('t: test the key live.');
		expect(settings.keys()).toEqual({});
	});
});

test('a key that another action has is refused, and both are named', async () => {
	const {terminal, settings} = await openSettings(120, 36);
	await terminal.press('G', 'k', 'k', 'k', 'k', 'Enter', '/', 'key.test', 'Enter', 'Enter', 'e');
	await terminal.see('e is a key of key.edit, which is active at the same time, so key.test cannot have it.');
	expect(settings.keys()).toEqual({});
});

test('a new key works at once, in the footer, in help and in the palette; the usual one does nothing', async () => {
	const {terminal, settings, context} = await openSettings();
	await settings.change('keys.key.test', 'f');
	await terminal.press('Esc');
	await terminal.see('f test');
	expect(terminal.screen).not.toMatch(/\bt test/);
	await terminal.press('?');
	await terminal.see('f                 test the key live');
	await terminal.press('Esc', ':', 'test the key live');
	await terminal.see('f        test the key live');
	await terminal.press('Esc', 't');
	expect(terminal.screen).toContain('1 key');
	await terminal.press('f');
	await terminal.see('The key works');
	expect(liveKeys(context.vault.read())[0]!.lastTest?.ok).toBe(true);
});

test('a host is allowed by its name, from an empty line', async () => {
	const {terminal, settings} = await openSettings();
	await terminal.press('Down', 'Down', 'Down', 'Enter', 'okx.example.com', 'Enter');
	await terminal.see('Allowed hosts: okx.example.com.');
	expect(settings.get('allowed-hosts')).toEqual(['okx.example.com']);
	await terminal.press('Enter', ' https://evil', 'Enter');
	await terminal.see('That is no value for allowed-hosts');
	expect(settings.get('allowed-hosts')).toEqual(['okx.example.com']);
});

test('a site is the first choice for a key that is made on the page', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey()]});
	const {terminal} = await openApp({...context, settings: withSetting(context.settings, 'site', 'eea')});
	await terminal.press('n', 'grid', 'PgDn');
	await terminal.see('step 2 of 6', '● eea');
});

test('Ctrl+C quits while a key is awaited', async () => {
	const {terminal} = await openSettings();
	await terminal.press('G', 'k', 'k', 'k', 'k', 'Enter', 'Enter');
	await terminal.see('Press the key');
	await terminal.press('Ctrl+C');
	expect(terminal.written).toContain('\u001B[?1049l');
});

test('a score for healthy keys changes the list and its filter at once', async () => {
	const {terminal, settings} = await openSettings();
	await terminal.press('Esc');
	await terminal.see('· untested');
	await settings.change('healthy-score', '95');
	await terminal.see('✗ untested');
	await terminal.press('/', 'health:bad', 'Enter');
	await terminal.see('1 key, by name, filter: health:bad');
	await settings.change('healthy-score', undefined);
	await terminal.see('No key');
});

test('a copied secret is cleared after the time of the settings', async () => {
	const {context} = await world();
	await context.settings.change('clipboard-time', '9s');
	const {terminal} = await openApp({
		...context,
		clipboard: {ways: () => ['osc52'], put: () => ['osc52'], clear() {}},
	});
	await terminal.press('c');
	await terminal.see('cleared after 9 s');
	await terminal.press('Enter');
	await terminal.see('cleared in 9 s.', 'clip ');
});

test('a file that is not used is said at the start and on the screen of settings, and is not changed', async () => {
	const {context} = await world();
	const {path} = context.settings;
	fs.writeFileSync(path!, '{"lock-time": ', {mode: 0o600});
	context.settings.reload();
	const {terminal} = await openApp(context, {columns: 200});
	await terminal.see('The settings in', 'its end is missing');
	await terminal.press(',');
	await terminal.see('Correct it, or move it away.', '› Lock after');
	await terminal.press('Enter', 'Ctrl+U', '5m', 'Enter');
	await terminal.see('✗ The settings in');
	expect(fs.readFileSync(path!, 'utf8')).toBe('{"lock-time": ');
});

test('hostile names in the file are shown, never obeyed', async () => {
	const {context} = await world();
	fs.writeFileSync(
		context.settings.path!,
		JSON.stringify({'lock-time': '5m', 'a\u001B]0;owned\u0007b': 1, keys: {'x\u001B[31m\u202E': ['\u0007']}}),
		{mode: 0o600},
	);
	context.settings.reload();
	const {terminal} = await openApp(context, {columns: 100});
	await terminal.press(',');
	await terminal.see('which this version does not know');
	expect(terminal.written).not.toMatch(/\u001B\]0;|\u001B\[31m\u202E|\u0007/);
});

test('nothing is changed under --readonly, and the keys can be looked at', async () => {
	const {terminal, settings} = await openSettings(80, 24, {readonly: true});
	await terminal.press('Enter');
	await terminal.see('Nothing is changed under --readonly.');
	await terminal.press('r', 'Down', 'Down', 'Down', 'Right', 'G', 'k', 'k', 'k', 'k', 'Enter');
	await terminal.see('keys of your own: 0');
	await terminal.press('Enter');
	await terminal.see('Nothing is changed under --readonly.');
	expect(fs.existsSync(settings.path!)).toBe(false);
});

test('the palette leads to the settings from a key', async () => {
	const {context} = await world({keys: [storedKey({name: 'zz', site: 'sandbox'})]});
	const {terminal} = await openApp(context);
	await terminal.press('Enter', ':', 'settings', 'Enter');
	await terminal.see('› Lock after', 'Vault', 'Agent');
});

test('no English is left in the settings and the keys', async () => {
	speakPseudoLanguage();
	const {context} = await world();
	const {terminal} = await openApp(context, {columns: 200, rows: 50});
	await terminal.press(',');
	await terminal.see('10m');
	const known = [
		'lock-time',
		'never',
		'auto',
		'en',
		'settings',
		'json',
		'sandbox',
		'main',
		'OKX',
		'none',
		'global',
		'eea',
		'fg',
		'key',
		'edit',
		'test',
		'hyper',
	];
	const keys = [
		'Alt',
		'Ctrl',
		'Down',
		'End',
		'Enter',
		'Esc',
		'Home',
		'Left',
		'PgDn',
		'PgUp',
		'Right',
		'Shift',
		'Space',
		'Tab',
	];
	const english = new Set<string>();
	for (const key of [
		'Enter',
		'x',
		'Enter',
		'Esc',
		'Down',
		'Down',
		'Down',
		'Right',
		'r',
		'Down',
		'Right',
		'G',
		'Enter',
		'k',
		'k',
		'k',
		'k',
		'Enter',
		'/',
		'key.test',
		'Enter',
		'Enter',
		'e',
		'Enter',
		'Space',
		'r',
		'Esc',
		'G',
	]) {
		await terminal.press(key);
		// Paths are the same in every language.
		const shown = terminal.lines.filter(line => !line.includes('/') || line.includes('/ ')).join('\n');
		for (const word of englishIn(shown, [...known, ...keys])) english.add(word);
	}

	expect([...english]).toEqual([]);
});
