import {beforeEach, describe, expect, test} from 'vitest';
import {commands} from '../../source/commands/index.ts';
import {isAppError} from '../../source/core/errors.ts';
import {commandLineFailures} from '../../source/core/failures/command-line.ts';
import {exchangeFailures} from '../../source/core/failures/exchange.ts';
import {fileFailures} from '../../source/core/failures/files.ts';
import type {Failure} from '../../source/core/failures/failure.ts';
import {keyFailures} from '../../source/core/failures/keys.ts';
import {settingsFailures} from '../../source/core/failures/settings.ts';
import {unlockFailures} from '../../source/core/failures/unlock.ts';
import {vaultFailures} from '../../source/core/failures/vault.ts';
import {connectionKinds} from '../../source/core/diagnosis/connection.ts';
import {settingNames} from '../../source/core/settings/table.ts';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import {flavours} from '../../source/formats/flavours.ts';
import {helpText} from '../../source/parser/program.ts';
import {commandLine} from '../helpers/command-line.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {englishIn, speakPseudoLanguage} from '../helpers/pseudo-language.ts';
import {world} from '../helpers/world.ts';

/** Names of data, the words of command lines and of the exchange's contract. */
const known = [
	commands.map(({name}) => name),
	commands.flatMap(({options}) => Object.values(options).flatMap(({choices = []}) => choices.join().split(','))),
	Object.keys(flavours),
	settingNames,
	['get', 'unlock', 'bash', 'fish', 'zsh', 'passphrase', 'recovery', 'key-file', 'ssh-agent', 'eea', 'global'],
	['NAME', 'FILE', 'COMMAND', 'HTTP', 'KiB', 'dns', 'tcp', 'tls', 'time', 'auth', 'permissions'],
	['okx-keys', 'OKX', 'main', 'live', 'demo', 'read', 'trade', 'withdraw', 'sandbox', 'alpha', 'gone'],
].flat();

/** Command lines are the same in every language. */
function withoutCommandLines(text: string): string {
	return text.replaceAll(/^ {2}(okx-keys|[a-z]+ .*\|).*$/gm, '');
}

beforeEach(speakPseudoLanguage);

describe('no English is left in', () => {
	test.each([undefined, ...commands])('the help of $name', command => {
		expect(englishIn(withoutCommandLines(helpText(command)), known)).toEqual([]);
	});

	test.each([
		['list'],
		['list', '--trash'],
		['list', '404'],
		['show', 'alpha'],
		['show', 'main'],
		['test', 'main'],
		['test', 'alpha'],
		['check'],
		['doctor'],
		['slots'],
		['verify'],
		['backup', '/nowhere/at/all'],
		['scan'],
		['agent', 'status'],
		['edit', 'main', '--description', '1'],
		['remove', 'alpha', '--yes'],
	])('what %s prints', async (...argv: readonly string[]) => {
		const {context} = await world({
			keys: [storedKey({id: 'b', name: 'alpha', site: 'sandbox'}), storedKey({id: 'c', name: 'gone', trashedAt: 1})],
		});
		// In place of what the sandbox says in its own words.
		await context.vault.change(content => ({...content, keys: content.keys.map(key => ({...key, description: ''}))}));
		const {io, printed} = printing();
		await commandLine({context, io}, ...argv).catch((error: unknown) => {
			if (!isAppError(error)) throw error;
			printed.note.push(error.message, error.hint ?? '');
		});
		const text = [...printed.out, ...printed.note].join('\n').replaceAll('no such API key', '');
		expect(englishIn(text, known)).toEqual([]);
		expect(printed.out.length + printed.note.length).toBeGreaterThan(0);
	});

	const failures = Object.entries({
		...commandLineFailures,
		...keyFailures,
		...vaultFailures,
		...unlockFailures,
		...fileFailures,
		...settingsFailures,
		...exchangeFailures,
	});
	/** Values of every kind that a detail may have, so that every branch of a sentence is rendered once. */
	const values = ['7', ['7'], [], 7, 0, true, false, undefined];

	test.each(failures)('the failure %s', (_, sentenceOf) => {
		const said = values.flatMap(value => {
			const details = new Proxy({}, {get: () => value, has: () => true});
			try {
				const {sentence, hint = ''} = (sentenceOf as (details: object) => Failure)(details);
				return typeof sentence === 'string' ? [sentence, hint] : [];
			} catch {
				return [];
			}
		});
		expect(said).not.toEqual([]);
		expect(englishIn(said.join('\n'), [...known, 'true', 'false', 'undefined', 'file'])).toEqual([]);
	});

	test.each(connectionKinds)('the diagnosis of %s', kind => {
		const {cause, fix} = diagnose({kind, host: 'www.okx.com'});
		expect(englishIn(`${cause}\n${fix}`, known)).toEqual([]);
	});
});
