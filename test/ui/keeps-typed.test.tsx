import {describe, expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {openApp} from '../helpers/app.tsx';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {world, worldPassphrase} from '../helpers/world.ts';
import {failingForms} from './failing-forms.ts';

/** What a person fills in; each of them begins a row of a form. */
const fields = [
	'Name',
	'Description',
	'Account',
	'Type',
	'IP addresses',
	'Tags',
	'Passphrase',
	'Type it',
	'The same again',
	'API key',
	'Secret key',
	'File',
	'Read',
	'Trade',
	'Withdraw',
] as const;

const isField = new RegExp(String.raw`^(\[.\] )?(${fields.join('|')})(\s{2}|$)`);

/** The rows of the fields, on a page or in a frame, without the cursor. */
function filled({lines}: TestTerminal): readonly string[] {
	return lines
		.flatMap(line => line.split('│'))
		.map(part => part.replace(/^[›\s]+/, '').trimEnd())
		.filter(part => isField.test(part));
}

/** The context whose exchange and vault fail as they are told to, once `fail` was called. */
function failing(
	context: Context,
	{exchange, vault}: {readonly exchange?: Error | undefined; readonly vault?: Error | undefined},
) {
	let isFailing = false;
	const before =
		<Given extends readonly unknown[], Result>(error: Error | undefined, work: (...given: Given) => Promise<Result>) =>
		async (...given: Given) => {
			if (isFailing && error) throw error;
			return work(...given);
		};
	return {
		context: {
			...context,
			// A port of this machine where nothing listens: no test asks the network.
			exchange: {
				...context.exchange,
				call: before(exchange, context.exchange.call),
				locate: async (site: string) =>
					context.sandbox ? context.exchange.locate(site) : new URL('http://127.0.0.1:1'),
			},
			vault: {
				...context.vault,
				change: before(vault, context.vault.change),
				create: before(vault, context.vault.create),
				unlock: before(vault, context.vault.unlock),
			},
		} satisfies Context,
		fail() {
			isFailing = true;
		},
	};
}

describe('what was typed is still there after', () => {
	test.each(failingForms)(
		'$name',
		async ({world: wanted, fill, shows, exchange, vault, submit, until, again = [], says, back = []}) => {
			const made = await world(wanted);
			const {context, fail} = failing(made.context, {exchange, vault});
			const {terminal} = await openApp(context, {rows: 40});
			await terminal.press(...fill);
			if (shows !== undefined) await terminal.see(shows);
			const before = filled(terminal);
			expect(before.length).toBeGreaterThan(0);
			fail();
			await terminal.press(...submit);
			if (until !== undefined) await terminal.see(until);
			await terminal.press(...again);
			await terminal.see(says);
			await terminal.press(...back);
			expect(filled(terminal)).toEqual(before);
		},
	);
});

test('a passphrase that is wrong is not kept: nobody sees where it is', async () => {
	const {context} = await world();
	const {terminal} = await openApp(context);
	await terminal.press('L');
	await terminal.see('Unlock your vault');
	const empty = filled(terminal);
	await terminal.press('wrong passphrase');
	expect(filled(terminal)).not.toEqual(empty);
	await terminal.press('Enter');
	await terminal.see('Wrong passphrase');
	expect(filled(terminal)).toEqual(empty);
});

test('of a set-up with two passphrases the first is kept', async () => {
	const {context} = await world({isOpen: false});
	const {terminal} = await openApp(context);
	await terminal.press(worldPassphrase);
	const [first] = filled(terminal);
	await terminal.press('Tab', `${worldPassphrase}r`, 'Enter');
	await terminal.see('The two are not the same.');
	expect(filled(terminal)[0]).toBe(first);
});
