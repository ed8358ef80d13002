import {expect, test as base} from 'vitest';
import {Home, Terminal, type TerminalOptions} from './program.ts';
import {passphrase, vaultIn, type Prepared, type TestVault} from './vaults.ts';

/** A test with a home of its own, and in it what the test asks for, so that several can run side by side. */
export const test = base
	// oxlint-disable-next-line no-empty-pattern
	.extend('home', ({}, {onCleanup}) => {
		const home = new Home();
		onCleanup(() => {
			home.remove();
		});
		return home;
	})
	/** A vault for real keys, without keys. */
	.extend('live', async ({home}) => vaultIn(home, 'live'))
	/** The sandbox's vault, with its one key. */
	.extend('sandbox', async ({home}) => vaultIn(home, 'sandbox'))
	/** A vault for real keys with the slots that `init` makes: a passphrase and a recovery key. */
	.extend('made', async ({home}) => vaultIn(home, 'made'))
	/** The same with a key called grid. */
	.extend('grid', async ({home}) => vaultIn(home, 'grid'))
	/** Opens terminals in the home, which are closed before it is removed. */
	.extend('openTerminal', ({home}, {onCleanup}) => {
		const opened: Terminal[] = [];
		onCleanup(() => {
			for (const terminal of opened) terminal.close();
		});
		return (options?: TerminalOptions): Terminal => {
			const terminal = new Terminal(home, options);
			opened.push(terminal);
			return terminal;
		};
	})
	/** Runs a command line on a new terminal and answers its questions; gives all that was shown. */
	.extend(
		'dialogue',
		({openTerminal}) =>
			async (
				words: readonly string[],
				answers: ReadonlyArray<readonly [question: string, answer: string]>,
			): Promise<string> => {
				const terminal = openTerminal({columns: 200});
				terminal.start(...words, ';', 'echo', '"ended $?"');
				for (const [question, answer] of answers) {
					await terminal.see(question);
					terminal.type(answer);
					terminal.press('Enter');
				}

				await terminal.see(/ended \d/);
				const shown = terminal.history();
				expect(shown).not.toContain(passphrase);
				return shown;
			},
	);

/**
 * A test that has a vault which `prepare` has worked on once for its file: `shared` is for all tests, which must leave
 * it as it is, and `vault` is the test's own copy.
 */
export function testWith(name: Prepared, prepare: (vault: TestVault) => Promise<unknown> = async () => {}) {
	return (
		test
			// oxlint-disable-next-line no-empty-pattern
			.extend('shared', {scope: 'file'}, async ({}, {onCleanup}) => {
				const home = new Home();
				onCleanup(() => {
					home.remove();
				});
				const vault = await vaultIn(home, name);
				await prepare(vault);
				return vault;
			})
			.extend('vault', ({home, shared}) => shared.copyTo(home))
	);
}
