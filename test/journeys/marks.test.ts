import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux} from './program.ts';
import {openList} from './screen.ts';
import type {TestVault} from './vaults.ts';

const unknown = JSON.stringify({
	apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f7',
	secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
	passphrase: 'Correct-Horse9!',
});

async function tagsIn(vault: TestVault): Promise<Record<string, readonly string[]>> {
	const keys = await vault.json<readonly {readonly name: string; readonly tags: readonly string[]}[]>('list');
	return Object.fromEntries(keys.map(({name, tags}) => [name, tags]));
}

describe.skipIf(!hasTmux).concurrent('marked keys', () => {
	test('are tagged with one preview, and one u takes it back, on the screen or as a command', async ({
		sandbox,
		openTerminal,
	}) => {
		for (const name of ['alpha', 'beta']) await sandbox.done('create', name, '--ip', '127.0.0.1');
		const terminal = await openList(sandbox, openTerminal);
		await terminal.see('3 keys');
		terminal.press('g', 'Space', 'Space');
		await terminal.see(/2 marked[^]*\*alpha[^]*\*beta/);
		terminal.type('#');
		await terminal.see('2 keys: alpha, beta');
		terminal.type('night');
		terminal.press('PageDown');
		await terminal.see('This would change 2 of 2 keys');
		terminal.press('y');
		await terminal.see('2 keys are changed in this vault.');
		expect(await tagsIn(sandbox)).toEqual({alpha: ['night'], beta: ['night'], main: []});
		terminal.type('u');
		await terminal.see('Undone: tags of 2 keys.');
		expect(await tagsIn(sandbox)).toEqual({alpha: [], beta: [], main: []});

		await sandbox.done('edit', 'alpha', 'main', '--add-tag', 'eu');
		expect(await sandbox.json('undo')).toMatchObject({undone: [{name: 'alpha'}, {name: 'main'}]});
		expect(await tagsIn(sandbox)).toEqual({alpha: [], beta: [], main: []});
	});

	test('get another address on the exchange, and the one that cannot stays marked with the reason', async ({
		sandbox,
		openTerminal,
	}) => {
		await sandbox.done('create', 'alpha', '--ip', '127.0.0.1');
		await sandbox.runWith({input: unknown}, 'add', 'lost', '--no-test', '--ip', '127.0.0.1');
		const terminal = await openList(sandbox, openTerminal);
		await terminal.see('3 keys');
		terminal.type('*');
		await terminal.see('3 marked');
		terminal.type('A');
		await terminal.see('Declared now: 127.0.0.1 (3)');
		terminal.press('Down', 'Down');
		terminal.type('192.168.7.7');
		terminal.press('PageDown');
		await terminal.see('Type 2 to go on');
		terminal.type('2');
		terminal.press('Enter');
		await terminal.see(/1 has failed\.[^]*What has failed stays marked/);
		const shown = terminal.screen();
		expect(shown).toMatch(/✗ The exchange no longer has lost/);
		expect(shown).toContain('✓ alpha is changed.');
		terminal.press('Escape');
		await terminal.see(/3 keys, 1 marked[^]*\*lost/);
		expect(await sandbox.json('test', 'alpha')).toMatchObject([{ok: true, live: {ip: ['127.0.0.1', '192.168.7.7']}}]);
	});
});
