import {describe, expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import {openApp} from '../helpers/app.tsx';
import {storedKey} from '../helpers/keys.ts';
import {world} from '../helpers/world.ts';
import {answering, never, wellKey} from './answering.ts';
import {refusing} from './refusing.ts';

describe('a key that its site does not know', () => {
	test('is asked about elsewhere only after the hosts have been named, and never after a no', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey()]});
		const {answered, asked} = await answering(context, {config: refusing('50119')});
		const {terminal} = await openApp(answered);
		await terminal.press('t');
		await terminal.see('(50119)', 'f ask other sites');
		await terminal.press('f');
		await terminal.see('Ask OKX’s other sites about bot1?', 'eea.okx.com', 'us.okx.com', 'tr.okx.com');
		await terminal.press('n');
		await terminal.see('No other site was asked.');
		expect(new Set(asked.filter(call => call.startsWith('config')))).toEqual(new Set(['config global']));
	});

	test('is asked about by a question that is whole in the smallest window', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey({name: 'abcdefghij'})]});
		const {answered} = await answering(context, {config: refusing('50119')});
		const {terminal} = await openApp(answered, {columns: 40, rows: 12});
		await terminal.press('t');
		await terminal.see('f ask other sites');
		await terminal.press('f');
		await terminal.see('about abcdefghij?', 'eea.okx.com', 'tr.okx.com', 'not sent.', 'y yes');
	});

	test('is stored as one of the site that knows it', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey()]});
		const {answered, asked} = await answering(context, {
			config: ({site}) => (site === 'us' ? wellKey : refusing('50119')()),
		});
		const {terminal} = await openApp(answered);
		await terminal.press('t');
		await terminal.see('f ask other sites');
		await terminal.press('f', 'y');
		await terminal.see('eea.okx.com        does not know it', 'us.okx.com         knows this key', 'f store as us');
		expect(asked).not.toContain('config tr');
		await terminal.press('f');
		await terminal.see('Site  in this vault', '- global', '+ us');
		await terminal.press('y');
		await terminal.see('bot1 is changed in this vault.');
		expect(liveKeys(context.vault.read())[0]!.site).toBe('us');
	});

	test('is known to none of them, or to none that could be asked', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey()]});
		let isDown = false;
		const {answered} = await answering(context, {
			config: ({site}) => refusing(site === 'tr' && isDown ? '50001' : '50119')(),
		});
		const {terminal} = await openApp(answered);
		await terminal.press('t');
		await terminal.see('f ask other sites');
		await terminal.press('f', 'y');
		await terminal.see('No other site of the exchange knows it either');
		isDown = true;
		await terminal.press('t');
		await terminal.see('could not be asked', 'No other site that answered knows it; could not be asked: tr.');
	});

	test('is asked about no further once that is cancelled', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey()]});
		const {answered, asked} = await answering(context, {
			config: ({site}, options) => (site === 'global' ? refusing('50119')() : never(options)),
		});
		const {terminal} = await openApp(answered);
		await terminal.press('t');
		await terminal.see('f ask other sites');
		await terminal.press('f', 'y');
		await terminal.see('is asked…', 'Esc cancel');
		await terminal.press('Esc');
		await terminal.see('Cancelled; nothing was changed.', 't ask again');
		await terminal.settle();
		expect(asked.filter(call => call.startsWith('config') && call !== 'config global')).toEqual(['config eea']);
	});
});
