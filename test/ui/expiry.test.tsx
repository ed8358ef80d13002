import {expect, test} from 'vitest';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';

const bot = storedKey({id: 'bot', name: 'aabot', site: 'sandbox'});

test('the edit screen takes an expiry date, refuses a wrong one, and shows the change before it saves', async () => {
	const {context} = await world({keys: [bot]});
	const {terminal} = await openApp(context);
	await terminal.press('e');
	await terminal.see('Expires');
	await terminal.press('Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Ctrl+U');
	await terminal.send('2020-01-01');
	await terminal.see('The expiry date 2020-01-01 is in the past.');
	await terminal.press('Enter', 'Enter');
	expect(terminal.screen).not.toContain('y yes, save');
	await terminal.press('Shift+Tab', 'Ctrl+U');
	await terminal.send('30d');
	await terminal.press('Enter', 'Enter');
	await terminal.see('- never', 'y yes, save');
	await terminal.press('y');
	await terminal.see('aabot');
	const {expiresAt} = context.vault.read().keys.find(({id}) => id === 'bot')!;
	expect(Math.abs(expiresAt! - Date.now() - 30 * 86_400_000)).toBeLessThan(60_000);
	await terminal.press('Enter');
	await terminal.see('A thief');
});
