import {describe, expect, test} from 'vitest';
import {liveKeys} from '../../source/actions/keys.ts';
import type {Io} from '../../source/cli/io.ts';
import {commandLine} from '../helpers/command-line.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {withSetting} from '../helpers/settings.ts';
import {world} from '../helpers/world.ts';

const parts = {
	apiKey: '  0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0 ',
	secretKey: ' 9F86D081884C7D659A2FEAA0C55AD015\t',
	passphrase: ' Correct-Horse9!  ',
};

/** An Io that types the parts at a terminal, or pipes them. */
function handingOver(stdinIsTerminal: boolean): Io {
	const answers = Object.values(parts);
	return printing({
		stdinIsTerminal,
		readStdin: async () => JSON.stringify(parts),
		ask: async () => answers.shift()!,
	}).io;
}

test.each([
	['typed', true],
	['piped', false],
])('a credential that is %s is stored without the spaces around its parts', async (_, stdinIsTerminal) => {
	const {context} = await world({sandbox: false});
	const {vault} = context;
	const session = {context, io: handingOver(stdinIsTerminal)};
	await commandLine(session, 'add', 'bot', '--no-test', '--site', 'global', '--perm', 'read');
	const [key] = liveKeys(vault.read());
	expect([key?.credential.apiKey, key?.credential.secretKey.reveal(), key?.credential.passphrase.reveal()]).toEqual(
		Object.values(parts).map(part => part.trim()),
	);
});

test('without --site, a key is of the site of the settings', async () => {
	const {context} = await world({sandbox: false});
	const session = {
		context: {...context, settings: withSetting(context.settings, 'site', 'eea')},
		io: handingOver(false),
	};
	await commandLine(session, 'add', 'bot', '--no-test');
	expect(liveKeys(context.vault.read())[0]!.site).toBe('eea');
});

describe('nothing is asked before it is said', () => {
	test.each([
		['that the name is taken', ['bot1'], 'A key called bot1 is already in this vault.'],
		['that an address is none', ['new', '--ip', '10.0.0.300'], '10.0.0.300 is not an IP address.'],
		['that the sub-account cannot be', ['new', '--sub-account', ''], 'sub-account'],
	])('%s', async (_, words, said) => {
		const {context} = await world({sandbox: false, keys: [storedKey()]});
		const asked: string[] = [];
		const {io} = printing({
			stdinIsTerminal: true,
			async ask(question) {
				asked.push(question);
				return 'x';
			},
		});
		await expect(commandLine({context, io}, 'add', ...words, '--no-test')).rejects.toThrow(said);
		expect(asked).toEqual([]);
		expect(liveKeys(context.vault.read())).toHaveLength(1);
	});

	test('that a key to be rotated is frozen', async () => {
		const {context} = await world({sandbox: false, keys: [storedKey({status: 'frozen'})]});
		const asked: string[] = [];
		const {io, printed} = printing({
			stdinIsTerminal: true,
			async ask(question) {
				asked.push(question);
				return 'x';
			},
		});
		await expect(commandLine({context, io}, 'rotate', 'bot1')).rejects.toThrow('frozen');
		expect([...asked, ...printed.note]).toEqual([]);
	});
});
