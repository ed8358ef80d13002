import {describe, expect, test} from 'vitest';
import {commands} from '../../source/commands/index.ts';
import {bindingsOf} from '../../source/ui/keyboard/bindings.ts';
import {keymap, type Scope} from '../../source/ui/keyboard/keymap.ts';
import {openApp} from '../helpers/app.tsx';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

const scopes = Object.keys(keymap) as Scope[];
const actions = scopes.flatMap(scope => Object.keys(keymap[scope]).map(action => ({scope, action})));

test.each(actions)('$scope.$action names its command, or why there is none', ({scope, action}) => {
	const {command: given} = bindingsOf(scope)[action]!;
	if (typeof given !== 'string') {
		expect(given.why()).toMatch(/\.$/);
		return;
	}

	const [name, option] = given.split(/ (?=--)/);
	const command = commands.find(one => name === one.name || name!.startsWith(`${one.name} `));
	expect(command, name).toBeDefined();
	if (option !== undefined)
		expect(Object.values(command!.options).map(({flags}) => flags.split(' ')[0])).toContain(option);
});

const two = ['alpha', 'beta'].map(name => storedKey({id: name, name, credential: credentialWith({apiKey: name})}));

describe('the palette names', () => {
	test('those that cannot be done now, with the reason', async () => {
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

	test('the command that does the same, by which it is found too', async () => {
		const {context} = await world({sandbox: false, keys: two});
		const {terminal} = await openApp(context, {columns: 120});
		await terminal.press(':', '--replace-ip');
		await terminal.see('› A ', 'okx-keys edit --replace-ip');
	});
});
