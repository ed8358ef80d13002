import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {run} from './program.ts';

const name = 'grid’s…';
const secretKey = 'ABCDEF0123456789ABCDEF0123456789';
const passphrase = 'Pass-word~1';

describe.concurrent('signs', () => {
	test('without UTF-8 commands print their own signs in ASCII, and names and secrets as they are', async ({
		sandbox,
	}) => {
		const inC = async (words: readonly string[], input = '') =>
			sandbox.runWith({input, environment: {LANG: 'C'}}, ...words);
		const keys = JSON.stringify([
			{name, apiKey: 'abcdef01-2345-6789-abcd-ef0123456789', secretKey, passphrase, description: 'it is “mine”'},
		]);
		const imported = await inC(['import', '--no-test'], keys);
		expect(imported.out).toContain(`1. ${name}: `);

		const revealed = await inC(['show', name, '--reveal']);
		expect(revealed.out).toContain(name);
		expect(revealed.out).toContain('it is “mine”');
		expect(revealed.out).toContain(`Secret key      ${secretKey}\n`);
		expect(revealed.out).toContain(`Passphrase      ${passphrase}\n`);
		const edited = await inC(['edit', name, '--description', 'other…']);
		expect(edited.err).toContain('description: it is “mine” > other…');
		const missing = await inC(['show', 'grid…']);
		expect(missing.err).toContain('There is no key called grid… in this vault.');
		expect(missing.err).toContain(`Did you mean ${name}?`);
		const checked = await inC(['check', '--nagios']);
		expect(checked.out).toContain(name);
	});

	test.for<readonly [string, readonly string[], NodeJS.ProcessEnv, string]>([
		['the locale is not UTF-8', [], {LANG: 'C'}, "the exchange's page"],
		['--ascii is given', ['--ascii'], {}, "the exchange's page"],
		['the locale is UTF-8', [], {}, 'the exchange’s page'],
	])('where %s, errors and help have signs to match', async ([, words, environment, said], {home}) => {
		expect((await run(home, [...words, 'new'], {environment})).err).toContain(said);
		expect((await run(home, [...words, '--help'], {environment})).out).toContain(said);
	});
});
