import {describe, expect} from 'vitest';
import {testWith} from './journey.ts';
import {run} from './program.ts';

const test = testWith('sandbox');

describe.concurrent('bad input gets one sentence and its exit status', () => {
	test.for([
		['a name of 11 characters', ['create', 'elevenchars'], 2, /11 characters/],
		['an empty name', ['create', ''], 2, /needs a name/],
		['a name with a control character', ['create', 'a\u0007b'], 2, /\\u\{7\}/],
		['a name with a bidi mark', ['create', 'a\u202Eb'], 2, /\\u\{202e\}/],
		['a name that is taken', ['create', 'main'], 2, /already/],
		[
			'21 addresses',
			['create', 'x', '--ip', Array.from({length: 21}, (_, index) => `10.0.0.${index}`).join(',')],
			2,
			/21 addresses/,
		],
		['every IPv4 address', ['create', 'x', '--ip', '0.0.0.0/0'], 2, /every address/],
		['every IPv6 address', ['create', 'x', '--ip', '::'], 2, /any address/],
		['an address that is none', ['create', 'x', '--ip', 'garbage'], 2, /not an IP address/],
		['a permission that is none', ['create', 'x', '--perm', 'admin'], 2, /not a permission/],
		[
			'a sub-account with withdraw',
			['create', 'x', '--sub-account', 'quantdesk01', '--perm', 'withdraw'],
			2,
			/never withdraw/,
		],
		['no such key', ['show', 'nobody'], 10, /no key called nobody/],
		['an edit of nothing', ['edit', 'main'], 2, /Nothing to change/],
		['a test of nothing', ['test'], 2, /No key given/],
		['a site that is none', ['add', 'x', '--site', 'nowhere'], 2, /not a site/],
		['a host of its own', ['add', 'x', '--site', 'https://evil.example'], 2, /settings do not allow it to see cred/],
		['an unknown command', ['frobnicate'], 2, /not a command/],
		['a second name where one is taken', ['rotate', 'main', 'other', '--yes'], 2, /takes one name, and 2 were given/],
		['a vault without a name', ['list', '--vault', ''], 2, /--vault names no file/],
		['a key file without a name', ['list', '--key-file', ''], 2, /--key-file names no file/],
		['a new key file without a name', ['add-slot', 'key-file', '--file', ''], 2, /--file names no file/],
		['a slot without an id', ['passwd', '--slot', ''], 2, /--slot names no id/],
		['an import of an empty name', ['import', ''], 2, /import needs a file, and was given an empty one/],
		['a restore of an empty name', ['restore', ''], 2, /restore needs a file/],
		['a removal of an empty id', ['remove-slot', ''], 2, /remove-slot needs an id/],
		['an export of an empty name', ['export', 'main', ''], 2, /export needs a name/],
		[
			'an option of another way in',
			['add-slot', 'passphrase', '--file', 'x', '--key', 'y'],
			2,
			/--file does not belong to add-slot passphrase/,
		],
		[
			'a new passphrase for a key file',
			['add-slot', 'key-file', '--file', 'x', '--new-passphrase-file', 'y'],
			2,
			/--new-passphrase-file does not belong to add-slot key-file/,
		],
		['an unknown option', ['list', '--frobnicate'], 2, /[Uu]nknown option/],
		['a port that is none', ['sandbox', '--port', '99999'], 2, /0 to 65535/],
		['a second vault in the same place', ['init'], 2, /already a vault/],
		['a live change without a terminal', ['edit', 'main', '--perm', 'read'], 4, /no terminal/],
		['a revocation without a terminal', ['revoke', 'main'], 4, /no terminal/],
	] as const)('%s', async ([, words, status, sentence], {shared}) => {
		const before = shared.bytes();
		const {
			status: actual,
			out,
			err,
		} = await run(shared.home, [...words, '--sandbox', '--passphrase-file', shared.recoveryFile], {
			input: '{"apiKey":"a","secretKey":"b","passphrase":"c"}',
		});
		expect({actual, err}).toMatchObject({actual: status, err: expect.stringMatching(sentence) as string});
		expect(out).toBe('');
		// One sentence and at most one hint, below how the command is used; nothing of a stack, no control character.
		expect(
			err
				.trim()
				.replace(/^Usage: .*\n/m, '')
				.split('\n').length,
		).toBeLessThanOrEqual(words[0] === 'edit' ? 3 : 2);
		expect(err).not.toMatch(/\bat .*:\d+|[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/);
		expect(shared.bytes()).toEqual(before);
	});

	test.for([
		['no JSON', '{'],
		['a list', '[]'],
		['a part that is missing', '{"apiKey":"CANARY"}'],
		['a number', '{"apiKey":1,"secretKey":"CANARY","passphrase":"x"}'],
		['nothing', ''],
	] as const)('%s on standard input', async ([, input], {shared}) => {
		const {status, err} = await shared.runWith({input}, 'add', 'x');
		expect({status, err}).toMatchObject({
			status: 2,
			err: expect.stringMatching(
				/^okx-keys: (Standard input|The secret key is missing|The API key \(apiKey\) is not a text)/,
			) as string,
		});
		expect(err).not.toContain('CANARY');
	});

	test('a wrong passphrase changes nothing', async ({shared}) => {
		const before = shared.bytes();
		const wrong = shared.home.passphraseFile('not this one', 'wrong');
		for (let index = 0; index < 3; index++) {
			expect(await shared.plain('list', '--passphrase-file', wrong)).toMatchObject({
				status: 11,
				err: expect.stringMatching(/^okx-keys: Wrong passphrase; nothing was changed/) as string,
			});
		}

		expect(shared.bytes()).toEqual(before);
	});

	test('the full screen without a terminal says what to do instead, also with CI set', async ({shared}) => {
		for (const environment of [{}, {CI: 'true'}]) {
			expect(await run(shared.home, ['--sandbox'], {environment})).toMatchObject({
				status: 4,
				out: '',
				err: expect.stringMatching(/needs a terminal/) as string,
			});
		}
	});

	test('a command without a passphrase and without a terminal says how to give one', async ({shared}) => {
		expect(await shared.plain('list')).toMatchObject({
			status: 11,
			out: '',
			err: expect.stringMatching(
				/^okx-keys: The vault is locked, and there is no terminal to ask for its passphrase\.\nGive --passphrase-file, /,
			) as string,
		});
	});
});
