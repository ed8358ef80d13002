import {afterEach, beforeEach, expect, test} from 'vitest';
import {Home, run} from './program.ts';

let home: Home;

beforeEach(() => {
	home = new Home();
});

afterEach(() => {
	home.remove();
});

const name = 'grid’s…';
const secretKey = 'ABCDEF0123456789ABCDEF0123456789';
const passphrase = 'Pass-word~1';

test('in a locale that is not UTF-8 commands print their own signs in ASCII, and names and secrets as they are', async () => {
	const environment = {LANG: 'C'};
	const given = ['--sandbox', '--passphrase-file', home.passphraseFile('correct horse battery staple')];
	const keys = JSON.stringify([
		{name, apiKey: 'abcdef01-2345-6789-abcd-ef0123456789', secretKey, passphrase, description: 'it is “mine”'},
	]);
	expect((await run(home, [...given, 'init'], {environment})).status).toBe(0);
	const imported = await run(home, [...given, 'import', '--no-test'], {input: keys, environment});
	expect(imported.out).toContain(`1. ${name}: `);

	const revealed = await run(home, [...given, 'show', name, '--reveal'], {environment});
	expect(revealed.out).toContain(name);
	expect(revealed.out).toContain('it is “mine”');
	expect(revealed.out).toContain(`Secret key      ${secretKey}\n`);
	expect(revealed.out).toContain(`Passphrase      ${passphrase}\n`);
	const edited = await run(home, [...given, 'edit', name, '--description', 'other…'], {environment});
	expect(edited.err).toContain('description: it is “mine” > other…');
	const missing = await run(home, [...given, 'show', 'grid…'], {environment});
	expect(missing.err).toContain('There is no key called grid… in this vault.');
	expect(missing.err).toContain(`Did you mean ${name}?`);
	const checked = await run(home, [...given, 'check', '--nagios'], {environment});
	expect(checked.out).toContain(name);
});

test.each([
	['the locale is not UTF-8', [], {LANG: 'C'}, "the exchange's page"],
	['--ascii is given', ['--ascii'], {}, "the exchange's page"],
	['the locale is UTF-8', [], {}, 'the exchange’s page'],
])('where %s, errors and help have signs to match', async (_, words, environment, said) => {
	expect((await run(home, [...words, 'new'], {environment})).err).toContain(said);
	expect((await run(home, [...words, '--help'], {environment})).out).toContain(said);
});
