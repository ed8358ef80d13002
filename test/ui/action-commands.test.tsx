import {describe, expect, test} from 'vitest';
import {commands} from '../../source/commands/index.ts';
import {actionCommands, commandOf} from '../../source/ui/keyboard/action-commands.ts';
import {bindingsOf} from '../../source/ui/keyboard/bindings.ts';
import {keymap, type Scope} from '../../source/ui/keyboard/keymap.ts';
import {openApp} from '../helpers/app.tsx';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {answering} from './answering.ts';

const scopes = Object.keys(keymap) as Scope[];
const actions = scopes.flatMap(scope => Object.keys(keymap[scope]).map(action => ({scope, action})));

test.each(actions)('$scope.$action names its command, or why there is none', ({scope, action}) => {
	const found = commandOf(scope, action)!;
	if ('why' in found) {
		expect(found.why()).toMatch(/\.$/);
		return;
	}

	const [name, option] = found.command.split(/ (?=--)/);
	const command = commands.find(one => name === one.name || name!.startsWith(`${one.name} `));
	expect(command, name).toBeDefined();
	if (option !== undefined)
		expect(Object.values(command!.options).map(({flags}) => flags.split(' ')[0])).toContain(option);
});

test('no row is about an action that the keymap does not know', () => {
	const rows = Object.entries(actionCommands).flatMap(([scope, row]) =>
		Object.keys(row).map(name => `${scope}.${name}`),
	);
	expect(rows.toSorted()).toEqual(actions.map(({scope, action}) => `${scope}.${action}`).toSorted());
});

const two = ['alpha', 'beta'].map(name => storedKey({id: name, name, credential: credentialWith({apiKey: name})}));

/** Where each scope that is no form and no question can be met; the keys that lead there from the list. */
const places: readonly (readonly [keys: readonly string[], seen: string, scopes: readonly Scope[]])[] = [
	[[], '2 keys', ['keyList', 'key']],
	[['/', 'nothing', 'Enter'], 'No key matches', ['keyList', 'key', 'filteredList']],
	[['Space'], '1 marked', ['keyList', 'key', 'markedKeys']],
	[['Enter'], 'v shows the secrets', ['key', 'keyDetail']],
	[['t'], 'The key works', ['test']],
	[['T'], '2 tested: all passed', ['testAll']],
	[['H'], '2 keys', ['health']],
	[['c'], 'API key', ['copy']],
];

describe('the palette names every action', () => {
	test.each(places)('after %j', async (keys, seen, expected) => {
		const {context} = await world({sandbox: false, keys: two});
		const {answered} = await answering(context);
		const {terminal} = await openApp(answered, {columns: 90, rows: 60});
		await terminal.press(...keys);
		await terminal.see(seen);
		await terminal.press(':');
		await terminal.see('› Actions');
		const rows = terminal.screen;
		// An action that moves is on its key alone: it would have nothing to do once the palette has closed.
		const missing = expected.flatMap(scope =>
			Object.entries(bindingsOf(scope)).flatMap(
				([
					action,
					{
						label,
						about,
						keys: [key],
					},
				]) => {
					const isShown = [label(), about?.().slice(0, 40), actionLabel(scope, action)].some(
						text => text !== undefined && rows.includes(text),
					);
					return isShown ? [] : [`${scope}.${action} (${key})`];
				},
			),
		);
		expect(missing).toEqual([]);
	});

	test('also those that cannot be done now, with the reason', async () => {
		const {context} = await world({sandbox: false, keys: two.slice(0, 1)});
		const {terminal} = await openApp(context, {columns: 110, rows: 40});
		await terminal.press(':');
		await terminal.see(
			'There is only one key.',
			'There is nothing to undo.',
			'The last test saw no difference to accept.',
			'OKX has no API to revoke it.',
		);
	});

	test('and the command that does the same, by which it is found too', async () => {
		const {context} = await world({sandbox: false, keys: two});
		const {terminal} = await openApp(context, {columns: 120});
		await terminal.press(':', '--replace-ip');
		await terminal.see('› A ', 'okx-keys edit --replace-ip');
	});
});

/** Actions that vary give their own label. */
function actionLabel(scope: Scope, action: string): string | undefined {
	const labels: Readonly<Record<string, string>> = {
		'key.undo': 'undo',
		'key.freeze': 'freeze',
		'key.test': 'test 1 marked',
		'key.tags': 'tags of 1 marked',
		'key.addresses': 'addresses of 1 marked',
		'key.remove': 'remove 1 marked',
		'keyList.testAll': 'test 1 marked',
		'testAll.failures': 'only failures',
	};
	return labels[`${scope}.${action}`];
}
