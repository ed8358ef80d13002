import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {testWith} from './journey.ts';
import {runShell} from './program.ts';
import {stored} from './stored.ts';

const test = testWith('live');

describe('bad input', () => {
	const good = JSON.stringify({okx: {apiKey: 'a1', secret: 'b1', password: 'c1'}});
	const utf16be = Buffer.from(`\u{FEFF}${good}`, 'utf16le').swap16();

	for (const [what, bytes, sentence] of [
		['a file cut in the middle', Buffer.from(good.slice(0, -5)), 'is not JSON'],
		['an empty file', Buffer.alloc(0), 'is empty'],
		['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]), 'is a picture'],
		['zero bytes', Buffer.from('OKX_API_KEY=\0'), 'is not a text: it holds zero bytes'],
		['a letter', Buffer.from('Dear friend,\nhere is my list.\n'), 'is of no format that import knows'],
		['a page', Buffer.from('<!doctype html><p>401</p>'), 'is a web page'],
		[
			'an encrypted gocryptotrader file',
			Buffer.from('THORS-HAMMER\x01\xff\x80', 'latin1'),
			'is encrypted by gocryptotrader',
		],
		['an Ansible vault', Buffer.from('$ANSIBLE_VAULT;1.1;AES256\n3031\n'), 'is encrypted with Ansible Vault'],
		['a file of OpenSSL', Buffer.from('Salted__\x01\xff\x80', 'latin1'), 'is encrypted with OpenSSL'],
		['a file of git-crypt', Buffer.from('\0GITCRYPT\0\x80', 'latin1'), 'is encrypted with git-crypt'],
		['a KeePass database', Buffer.from([3, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5]), 'is a KeePass database'],
		['a bomb of aliases', Buffer.from(`services:\n  a: ${'['.repeat(5000)}`), 'is not YAML'],
	] as const)
		test(`${what} is refused in one sentence, and nothing is imported`, async ({vault, home}) => {
			fs.writeFileSync(home.file('given'), bytes);
			expect(await vault.run('import', 'given', '--no-test')).toMatchObject({
				status: 2,
				out: '',
				err: expect.stringMatching(
					new RegExp(`^okx-keys: given ${sentence}.*; nothing was imported\\.\n.+\n$`),
				) as string,
			});
			expect(await stored(vault)).toEqual([]);
		});

	for (const [what, bytes] of [
		['a byte-order mark', Buffer.from(`\u{FEFF}${good}`)],
		['UTF-16 with its mark', utf16be],
		['CRLF', Buffer.from(good.replaceAll(',', ',\r\n'))],
	] as const)
		test(`${what} is taken`, async ({vault, home}) => {
			fs.writeFileSync(home.file('given.json'), bytes);
			expect((await vault.run('import', 'given.json', '--no-test')).status).toBe(0);
			expect(await stored(vault)).toEqual(['okx live global']);
		});

	test('escape sequences and __proto__ in names steer nothing', async ({vault, home}) => {
		const entry = '{"exchange": "okx", "key": "a", "secret": "b", "passphrase": "c"}';
		fs.writeFileSync(
			home.file('k.json'),
			`{"\\u001b[2J\\u202e": ${entry}, "__proto__": ${entry.replace('"a"', '"d"')}}`,
		);
		const {out, err, status} = await vault.run('import', 'k.json', '--no-test');
		expect(status).toBe(2);
		expect(out).toMatch(/^1\. \\u\{1b\}\[2J\\u\{202e\}: not stored\. .*\n2\. __proto__: stored\. .*\n$/);
		expect(out + err).toMatch(/^[^\p{Cf}]*$/u);
		expect(out + err).not.toContain('\u{1B}');
	});

	test('a gigabyte on standard input is refused while it comes', async ({vault, home}) => {
		const {status, err} = await runShell(
			home,
			`(head -c 1000000000 /dev/zero 2>/dev/null || true) | okx-keys import --no-test ${vault.opened.join(' ')}`,
		);
		expect(status).toBe(2);
		expect(err).toContain('Standard input is longer than 24 MiB; nothing was imported.');
	});

	test('10,000 keys come in together', async ({vault, home}) => {
		const keys = Array.from({length: 10_000}, (_, index) => ({
			name: `k${index}`,
			apiKey: `a${index}`,
			secretKey: `b${index}`,
			passphrase: `c${index}`,
		}));
		fs.writeFileSync(home.file('many.json'), JSON.stringify(keys));
		expect(await vault.run('import', 'many.json', '--no-test')).toMatchObject({
			status: 0,
			err: expect.stringContaining('10000 of 10000 stored') as string,
		});
		fs.writeFileSync(home.file('more.json'), JSON.stringify([...keys, keys[0]]));
		expect(await vault.run('import', 'more.json', '--no-test')).toMatchObject({
			status: 2,
			err: expect.stringContaining('lists 10001 keys, and 10000 are the most') as string,
		});
	});
});
