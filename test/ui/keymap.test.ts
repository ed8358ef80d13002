import fs from 'node:fs';
import path from 'node:path';
import type {Key} from 'ink';
import {describe, expect, test} from 'vitest';
import {confirmations} from '../../source/ui/confirmations.ts';
import {actionFor, bindingsOf} from '../../source/ui/keyboard/bindings.ts';
import {keysIn, shownKey} from '../../source/ui/keyboard/key-names.ts';
import {keymap, titles, type Scope} from '../../source/ui/keyboard/keymap.ts';
import {keymapTable} from '../../source/ui/keyboard/keymap-table.ts';
import {coexistingScopes} from '../../source/ui/keyboard/remapping/coexisting-scopes.ts';
import {keyConflicts} from '../helpers/key-conflicts.ts';

const scopes = Object.keys(keymap) as Scope[];
const noKey = {eventType: undefined} as unknown as Key;

const actionsOf = (scope: Scope) => Object.keys(keymap[scope]).map(action => ({scope, action}));

test.each(coexistingScopes.map(set => [set.join(' + '), set] as const))('no key does two things in %s', (_, set) => {
	expect(keyConflicts(set.flatMap(actionsOf))).toEqual([]);
});

test('a conflict is found', () => {
	expect(keyConflicts((['test', 'key'] as const).flatMap(actionsOf))).toContain('t: test.again, key.test');
});

test('every scope is among those checked', () => {
	expect(scopes.filter(scope => !coexistingScopes.some(set => set.includes(scope)))).toEqual([]);
});

test('every dangerous action has its question, and none is on a key that is easily hit', () => {
	const dangerous = scopes
		.flatMap(scope => Object.values(bindingsOf(scope)))
		.filter(binding => binding.dangerous !== undefined);
	expect(dangerous.length).toBeGreaterThan(0);
	for (const {dangerous: act, keys} of dangerous) {
		expect(confirmations[act!].question('x')).toMatch(/\?$/);
		expect(keys.every(key => !['return', ' ', 'escape', 'tab'].includes(key))).toBe(true);
	}
});

test('a key is never lost from the words: every scope has a title and every binding a label', () => {
	for (const scope of scopes) {
		expect(titles[scope]).not.toBe('');
		for (const {label, keys} of Object.values(bindingsOf(scope))) expect([label, ...keys]).not.toContain('');
	}
});

test('no sentence of the screens names a letter that settings can change', () => {
	const files = fs.readdirSync('source/ui', {recursive: true, encoding: 'utf8'}).filter(file => /\.tsx?$/.test(file));
	const naming = files.filter(file =>
		/\b[Pp]ress [b-zA-Z]\b|[\s`:;][b-zB-Z] {1,2}(?:yes|no|shows|copies|makes|tests)\b/.test(
			fs.readFileSync(path.join('source/ui', file), 'utf8'),
		),
	);
	expect(naming).toEqual([]);
});

test('the table of docs/keys.md has a row for every binding', () => {
	const table = keymapTable();
	const bindings = scopes.flatMap(scope => Object.values(bindingsOf(scope)));
	expect(table.split('\n')).toHaveLength(bindings.length + 2);
	expect(table).toContain('| List of keys | `n` | make a new key |');
});

/** Letters as they are, and other keys by their names in brackets. */
function shown(input: string, key: Key): string[] {
	return keysIn(input, key).map(typed => ('text' in typed ? typed.text : `<${typed.name}>`));
}

describe('the keys in an input event', () => {
	test('letters of one chunk come as one run', () => {
		expect(shown('jk👨‍👩‍👧', noKey)).toEqual(['jk👨‍👩‍👧']);
	});

	test('control characters within a chunk are the keys they stand for', () => {
		expect(shown('ab\u0015c\r\nd\te\u007F', noKey)).toEqual([
			'ab',
			'<ctrl+u>',
			'c',
			'<return>',
			'd',
			'<tab>',
			'e',
			'<backspace>',
		]);
	});

	test('a line feed alone is Enter, as some terminals send it', () => {
		expect(shown('\n', noKey)).toEqual(['<return>']);
	});

	test.each([
		[{upArrow: true}, 'up'],
		[{pageDown: true}, 'pagedown'],
		[{tab: true, shift: true}, 'shift+tab'],
		[{return: true, meta: true}, 'meta+return'],
		[{leftArrow: true, ctrl: true}, 'ctrl+left'],
	])('%j is %s', (key, name) => {
		expect(shown('', key as Key)).toEqual([`<${name}>`]);
	});

	test('the release of a key is none', () => {
		expect(shown('a', {eventType: 'release'} as Key)).toEqual([]);
	});

	test('a letter with Super held is no shortcut', () => {
		expect(shown('x', {super: true} as Key)).toEqual(['<super+x>']);
		expect(actionFor('key', 'super+x')).toBeUndefined();
	});

	test.each([
		['ctrl+c', 'Ctrl+C'],
		['return', 'Enter'],
		[' ', 'Space'],
		['n', 'n'],
		['meta+return', 'Alt+Enter'],
		['shift+tab', 'Shift+Tab'],
		['f5', 'F5'],
		['ctrl+f12', 'Ctrl+F12'],
	])('%s is shown as %s', (name, shown) => {
		expect(shownKey(name)).toBe(shown);
	});
});
