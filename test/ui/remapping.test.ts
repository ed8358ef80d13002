import fc from 'fast-check';
import {describe, expect, onTestFinished, test} from 'vitest';
import {actionFor, bindKeys, bindingsOf} from '../../source/ui/keyboard/bindings.ts';
import {keymapOfSettings} from '../../source/ui/keyboard/remapping/keymap-of-settings.ts';
import {actionNamed, remapped, scopes, usualBindings} from '../../source/ui/keyboard/remapping/remapped.ts';
import {coexistingScopes} from '../../source/ui/keyboard/remapping/coexisting-scopes.ts';
import {keyOfWord, writtenKey} from '../../source/ui/keyboard/remapping/written-keys.ts';
import {keyConflicts} from '../helpers/key-conflicts.ts';

const {actions, check} = keymapOfSettings;
const names = actions().map(({name}) => name);
const problemsOf = (bindings: Readonly<Record<string, readonly string[]>>) =>
	check(bindings).problems.map(({problem}) => problem);

describe('the name of a key', () => {
	test.each([
		['t', 't'],
		['T', 'T'],
		['é', 'é'],
		['space', ' '],
		['Enter', 'return'],
		['esc', 'escape'],
		['PgDn', 'pagedown'],
		['ctrl+X', 'ctrl+x'],
		['alt+x', 'meta+x'],
		['shift+tab', 'shift+tab'],
		['ctrl+left', 'ctrl+left'],
		['F5', 'f5'],
		['shift+f12', 'shift+f12'],
		['+', '+'],
		['alt++', 'meta++'],
	])('%s is %j', (word, key) => {
		expect(keyOfWord(word)).toBe(key);
	});

	test.each([
		'',
		'tt',
		'ctrl',
		'ctrl+',
		'ctrl+i',
		'ctrl+m',
		'ctrl+1',
		'f0',
		'f13',
		'shift+x',
		'hyper+x',
		'ctrl+ctrl+x',
		'\u0007',
	])('%j is none that a terminal sends', word => {
		expect(keyOfWord(word)).toBeUndefined();
	});

	test('is written as it is read, for every key of the keymap', () => {
		const keys = scopes.flatMap(scope => Object.values(usualBindings[scope]).flatMap(({keys}) => keys));
		for (const key of keys) expect(keyOfWord(writtenKey(key)), key).toBe(key);
	});
});

describe('keys of the settings', () => {
	test('take the place of the usual ones, and Esc and Ctrl+C stay where they are', () => {
		onTestFinished(() => {
			bindKeys({});
		});
		bindKeys({'key.test': ['ctrl+t', 'f'], 'frame.quit': ['Q'], 'frame.back': ['b']});
		expect(bindingsOf('key')['test']!.keys).toEqual(['ctrl+t', 'f']);
		expect(actionFor('key', 't')).toBeUndefined();
		expect([actionFor('frame', 'Q'), actionFor('frame', 'q'), actionFor('frame', 'ctrl+c')]).toEqual([
			'quit',
			undefined,
			'quit',
		]);
		expect(bindingsOf('frame')['back']!.keys).toEqual(['b', 'escape']);
		bindKeys({});
		expect(bindingsOf('key')['test']).toBe(usualBindings.key['test']);
	});

	test.each<readonly [string, string, readonly string[], string]>([
		[
			'that another action has',
			'key.test',
			['e'],
			'e is a key of key.edit, which is active at the same time, so key.test',
		],
		['of the frame', 'key.test', ['q'], 'q is a key of frame.quit, which is active at the same time, so key'],
		['that closes', 'key.test', ['esc'], 'Esc cannot be bound to key.test: it is always the way back or out.'],
		['that quits', 'frame.lock', ['ctrl+c'], 'Ctrl+C cannot be bound to frame.lock: it is always the way back or out.'],
		['that is typed', 'form.next', ['n'], 'n cannot be bound to form.next: text is typed there'],
		['that is a digit', 'palette.run', ['1'], '1 cannot be bound to palette.run: text is typed there'],
		['that edits text', 'filter.accept', ['ctrl+a'], 'Ctrl+A cannot be bound to filter.accept: text is typed there'],
		['of habit', 'confirm.yes', ['enter'], 'Enter cannot be bound to confirm.yes: it is too easily pressed'],
		['of habit too', 'key.revoke', ['space'], 'Space cannot be bound to key.revoke: it is too easily pressed'],
		['that ends a last sight', 'createdKey.saved', ['enter'], 'Enter cannot be bound to createdKey.saved: it is too'],
		['that is none', 'key.test', ['hyper+t'], '“hyper+t” is no key that a terminal sends.'],
		['for nothing', 'key.nothing', ['x'], 'The settings bind keys to key.nothing, which is no action'],
		['for what everything has', 'key.constructor', ['x'], 'The settings bind keys to key.constructor, which is no'],
		['that is missing', 'key.test', [], 'key.test would have no key.'],
	])('give an action no key %s', (_, action, words, problem) => {
		const {used, problems} = check({[action]: words});
		expect(used).toEqual({});
		expect(problems.map(one => one.problem).join()).toContain(problem);
		expect(problems.every(one => one.action === action && one.fix !== '')).toBe(true);
	});

	test('may be changed round', () => {
		const swapped = {'key.test': ['e'], 'key.edit': ['t']};
		expect(check(swapped)).toEqual({used: swapped, problems: []});
	});

	test('that two actions would share stay with the one that got them first', () => {
		const {used, problems} = check({'key.test': ['ctrl+t'], 'key.edit': ['ctrl+t']});
		expect(used).toEqual({'key.test': ['ctrl+t']});
		expect(problems[0]).toMatchObject({
			action: 'key.edit',
			problem: 'Ctrl+T is a key of key.test, which is active at the same time, so key.edit cannot have it.',
		});
	});

	test('that depend on one with a problem go with it', () => {
		expect(Object.keys(check({'key.test': ['e'], 'key.edit': ['hyper+x']}).used)).toEqual([]);
	});

	test('may be shared where the actions never work at the same time', () => {
		expect(problemsOf({'testAll.failures': ['e']})).toEqual([]);
	});

	test('never bring two actions that work together on one key, whatever they are', () => {
		const words = [
			'a',
			'e',
			't',
			'q',
			'h',
			'j',
			'enter',
			'esc',
			'space',
			'tab',
			'up',
			'ctrl+t',
			'ctrl+a',
			'?',
			'no key',
		];
		const bindings = fc.dictionary(
			fc.constantFrom(...names, 'key.nothing'),
			fc.array(fc.constantFrom(...words), {maxLength: 3}),
			{maxKeys: 8},
		);
		const usual = new Set(coexistingScopes.flatMap(set => conflictsIn(set)));
		fc.assert(
			fc.property(bindings, given => {
				const {used, problems} = check(given);
				const left = Object.keys(given).filter(name => !Object.hasOwn(used, name));
				expect(problems.map(({action}) => action).toSorted()).toEqual(left.toSorted());
				bindKeys(used);
				try {
					for (const conflict of coexistingScopes.flatMap(set => conflictsIn(set))) expect(usual).toContain(conflict);
					expect(remapped(used).frame['back']!.keys).toContain('escape');
					expect(remapped(used).frame['quit']!.keys).toContain('ctrl+c');
					for (const {name} of actions()) expect(actionNamed(name)!.binding.keys.length).toBeGreaterThan(0);
				} finally {
					bindKeys({});
				}
			}),
		);
	});
});

function conflictsIn(set: (typeof coexistingScopes)[number]): string[] {
	return keyConflicts(set.flatMap(scope => Object.keys(bindingsOf(scope)).map(action => ({scope, action}))));
}
