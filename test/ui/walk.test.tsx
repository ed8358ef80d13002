import {describe, expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {world, worldPassphrase} from '../helpers/world.ts';

describe.each([
	[80, 24],
	[50, 16],
])('at %ix%i', (columns, rows) => {
	test('a person without an account goes from Setup to a tested, edited, locked and unlocked key', async () => {
		const {context} = await world({isOpen: false});
		const {terminal} = await openApp(context, {columns, rows});
		await terminal.see('Make your vault', 'Enter next');

		await terminal.press(worldPassphrase, 'Enter', worldPassphrase, 'Enter');
		await terminal.see('Your recovery key', 'w I have written it down');
		expect(terminal.screen).not.toContain(worldPassphrase);
		await terminal.press('w');
		await terminal.see('1 key', 'n new');

		await terminal.press('n');
		await terminal.see('step 1 of 6');
		await terminal.press('gridbot', 'Enter', 'first bot', 'Enter');
		await terminal.see('step 2 of 6', 'Sub-account quantdesk01');
		await terminal.press('Down', 'Enter', 'Enter');
		await terminal.see('step 3 of 6', 'Space on or off');
		await terminal.press('Enter');
		await terminal.see('step 4 of 6');
		await terminal.press('127.0.0.1', 'Enter', 'Enter');
		await terminal.see('step 5 of 6', 'sub-account quantdesk01', 'y yes, create it');
		await terminal.press('y');

		await terminal.see('step 6 of 6', 's I have saved them');
		const made = liveKeys(context.vault.read()).find(({name}) => name === 'gridbot')!;
		expect(terminal.screen).toContain(made.credential.apiKey);
		expect(terminal.screen).toContain(made.credential.secretKey.reveal());
		expect(terminal.screen).toContain(made.credential.passphrase.reveal());
		await terminal.press('Esc');
		expect(terminal.screen).toContain('step 6 of 6');
		await terminal.press('s');
		await terminal.see('never tested', 't test');
		expect(terminal.screen).not.toContain(made.credential.secretKey.reveal());

		await terminal.press('t');
		await terminal.see('The key works: read.');
		await terminal.press('Esc', 'p');
		await terminal.see('[ ] Trade');
		await terminal.press('Space', 'Enter');
		await terminal.see('This would change', '- read', '+ read, trade', 'y yes, save');
		await terminal.press('y');
		await terminal.see('gridbot is changed on the exchange and in this');
		await terminal.press('t');
		await terminal.see('The key works: read, trade.');

		await terminal.press('Esc', 'e');
		await terminal.see('7 of 50 characters');
		await terminal.press('2', 'PgDn');
		await terminal.see('- gridbot', '+ gridbot2', 'in this vault');
		await terminal.press('y');
		await terminal.see('gridbot2 is changed in this vault.');

		await terminal.press('L');
		await terminal.see('Unlock your vault', 'Enter unlock');
		expect(terminal.screen).not.toContain('gridbot2');
		await terminal.press('not this one', 'Enter');
		await terminal.see('Wrong passphrase; nothing was changed.');
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('gridbot2', '2 keys');
	});
});

test('the recovery key opens the vault from the same field', async () => {
	const {context, recoveryKey} = await world();
	context.vault.lock();
	const {terminal} = await openApp(context);
	await terminal.see('Unlock your vault');
	await terminal.paste(`${recoveryKey!.reveal().toLowerCase()}\n`);
	await terminal.press('Enter');
	await terminal.see('1 key');
});

test('a drift that was made elsewhere is shown declared beside live', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context, {columns: 160});
	const [main] = liveKeys(context.vault.read());
	await context.exchange.call(
		'pageEdit',
		{apiKey: main!.credential.apiKey, permissions: ['read', 'trade', 'withdraw']},
		main!,
	);
	await terminal.press('t');
	await terminal.see('declared here', 'on the exchange', 'read, trade, withdraw', 'revoke the key now');
	await terminal.press('Esc', 'Enter');
	await terminal.see('! on the exchange: read, trade, withdraw', 'may withdraw on the exchange');
});

test('a test can be cancelled, and then stores nothing', async () => {
	const {context} = await world();
	const waiting: Record<string, () => void> = {};
	const slow = {
		...context,
		exchange: {
			...context.exchange,
			async locate(site: string) {
				await new Promise<void>(resolve => {
					waiting['go'] = resolve;
				});
				return context.exchange.locate(site);
			},
		},
	};
	const {terminal} = await openApp(slow);
	await terminal.press('t');
	await terminal.see('Esc cancel');
	await terminal.press('Esc');
	await terminal.see('Cancelled; nothing was stored.');
	waiting['go']?.();
	await terminal.settle();
	expect(liveKeys(context.vault.read())[0]!.lastTest).toBeNull();
});
