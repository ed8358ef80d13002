import {describe, expect, test} from 'vitest';
import {bindingsOf} from '../../source/ui/keyboard/bindings.ts';
import {shownKey} from '../../source/ui/keyboard/key-names.ts';
import {keymap, type Scope} from '../../source/ui/keyboard/keymap.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import * as open from './action-places.tsx';

/** What no palette shows, and why. */
const withoutPalette: Readonly<Partial<Record<Scope, string>>> = {
	list: 'It only moves; once the palette has closed, it would have to be opened again for every row.',
	palette: 'It is about the palette itself.',
	keyRecorder: 'It waits for a key to be pressed, and takes every key.',
	confirm: 'A question is answered where it is asked.',
	confirmFreeze: 'A question is answered where it is asked.',
	confirmByName: 'A question is answered where it is asked.',
};
const opensPalette = 'frame.palette';

/** Labels of actions that vary. */
const variants: Readonly<Record<string, readonly string[]>> = {
	'frame.back': ['back', 'close pane'],
	'key.undo': ['undo'],
	'key.freeze': ['freeze', 'freeze 1 marked'],
	'key.revoke': ['revoke 1 marked'],
	'key.test': ['test 1 marked'],
	'key.tags': ['tags of 1 marked'],
	'key.addresses': ['addresses of 1 marked'],
	'key.remove': ['remove 1 marked'],
	'keyList.testAll': ['test 1 marked'],
	'testAll.failures': ['only failures'],
	'test.remedy': ['ask other sites'],
	'otherSites.remedy': ['store as us'],
	'settings.change': ['change', 'open'],
};

type Place = readonly [name: string, open: () => Promise<TestTerminal>, actions: readonly string[]];

function all(...scopes: readonly Scope[]): string[] {
	return scopes.flatMap(scope => Object.keys(keymap[scope]).map(action => `${scope}.${action}`));
}

const everywhere = ['lock', 'help', 'quit', 'suspend', 'redraw'].map(action => `frame.${action}`);
const panes = ['back', 'nextPane', 'previousPane', 'firstPane', 'secondPane', 'thirdPane'].map(name => `frame.${name}`);

const places: readonly Place[] = [
	['the list', open.list, [...everywhere, ...all('keyList', 'key')]],
	['a list without a match', open.noMatch, all('keyList', 'key', 'filteredList')],
	['marked keys', open.marked, all('keyList', 'key', 'markedKeys')],
	['a filter that is typed', open.filtering, all('filter')],
	['three panes', open.threePanes, panes],
	['a key', open.key, all('key', 'keyDetail')],
	['an empty vault', open.emptyVault, all('emptyVault')],
	['health', open.health, all('health')],
	['a filtered record of activity', open.activity, all('activity')],
	['the keys on the exchange', open.adopt, all('adopt')],
	['the settings', open.settings, all('settings')],
	['a value of a setting', open.settingValue, all('settingValue')],
	['the keys of actions', open.keyBindings, all('keyBindings')],
	['a test that failed', open.failedTest, all('test')],
	['a test that runs', open.runningTest, all('busy')],
	['the sites that were asked', open.otherSites, all('otherSites')],
	['an incident', open.incident, all('incident')],
	['all tests', open.testAll, all('testAll')],
	['the parts to copy', open.copy, all('copy')],
	['the last field of a form', open.form, all('form').filter(name => name !== 'form.next')],
	['the first field of a form', open.firstField, ['form.next']],
	['a choice of one', open.choice, all('choice')],
	['a choice of several', open.checkboxes, all('checkboxes')],
	['a change to be saved', open.saveReview, all('saveReview')],
	['a key to be created', open.createReview, all('createReview')],
	['a key just created', open.createdKey, all('createdKey')],
	['a key to be made on the page', open.pageReview, all('pageReview')],
	['a pasted key whose test failed', open.pasteCredential, all('pasteCredential')],
	['an import to be confirmed', open.importReview, all('importReview')],
	['an import that is done', open.imported, all('imported')],
	['a locked vault', open.locked, all('unlock')],
	['a locked vault beside an agent', open.lockedWithAgent, all('autoUnlock')],
	['a vault that is gone', open.vaultMissing, all('vaultMissing')],
	['an older copy of the vault', open.olderVault, all('olderVault')],
	['an earlier save', open.earlierSave, all('restoreReview')],
	['a new recovery key', open.recoveryKey, all('recoveryKey')],
	['help with a filter', open.filteredHelp, all('help')],
];

/** Whether a row of the palette has a key of the action, and its label. */
function isShown(name: string, rows: readonly string[]): boolean {
	const [scope, action] = name.split('.') as [Scope, string];
	const {keys, label, about} = bindingsOf(scope)[action]!;
	const labels = [label(), ...(about ? [about()] : []), ...(variants[name] ?? [])];
	return rows.some(row => {
		const [, key = '', words = ''] = /^[› ] (\S+) +(.+?)(?: {2}|…|$)/.exec(row) ?? [];
		const isItsKey = keys.some(one => shownKey(one) === key);
		return isItsKey && labels.some(text => text.startsWith(words) || words.startsWith(`${text}:`));
	});
}

describe('the palette shows', () => {
	test.each(places)('what can be done on %s', async (_, openPlace, actions) => {
		const terminal = await openPlace();
		await terminal.press('Ctrl+P');
		await terminal.see('› Actions');
		expect(actions.filter(name => !isShown(name, terminal.lines))).toEqual([]);
	});

	test('every action of the keymap on some screen, except where there is a reason', () => {
		const shown = new Set(places.flatMap(([, , actions]) => actions));
		const exempt = all(...(Object.keys(withoutPalette) as Scope[]));
		const names = Object.entries(keymap).flatMap(([scope, row]) =>
			Object.keys(row).map(action => `${scope}.${action}`),
		);
		expect(names.filter(name => !shown.has(name)).toSorted()).toEqual([...exempt, opensPalette].toSorted());
	});
});
