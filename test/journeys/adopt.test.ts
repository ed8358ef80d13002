import {describe, expect} from 'vitest';
import {strayCredential} from '../../source/sandbox/seed.ts';
import {test} from './journey.ts';
import {hasTmux} from './program.ts';
import {openList} from './screen.ts';

describe.skipIf(!hasTmux)('E on the full screen (needs tmux)', () => {
	test('takes in a key that only the exchange has, and says why another cannot be deleted', async ({
		sandbox,
		openTerminal,
	}) => {
		const terminal = await openList(sandbox, openTerminal);
		terminal.press('E');
		await terminal.see(/› +oldbots01 +telegrambot +unknown here/);
		terminal.press('i');
		await terminal.see('› Name            telegrambot');
		terminal.press('Tab');
		terminal.paste(JSON.stringify(strayCredential, undefined, 2));
		await terminal.see('The API key, the secret key and the passphrase were pasted.');
		expect(terminal.screen()).not.toContain(strayCredential.secretKey);
		terminal.press('Enter');
		await terminal.see(/1 as declared in this vault\.[^]*telegrambot works and is saved in this vault\./);
		terminal.press('j', 'x');
		await terminal.see('Delete 1 key on the exchange?');
		terminal.type('1');
		terminal.press('Enter');
		await terminal.see('pausedbots01/pausedbot: The sub-account is suspended.');
		expect(terminal.written()).not.toContain(strayCredential.secretKey);
		expect(await sandbox.json('test', 'telegrambot')).toMatchObject([{ok: true}]);
		const {keys} = await sandbox.json<{readonly keys: readonly {readonly key: string}[]}>('adopt');
		expect(keys).toMatchObject([{key: 'pausedbots01/pausedbot', state: 'unknown'}]);
	});
});
