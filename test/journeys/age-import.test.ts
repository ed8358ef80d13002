import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {hasAge, keygen, keysIn, type Exported} from './age-file.ts';
import {test} from './age.ts';

describe.skipIf(!hasAge).concurrent('keys come in from an age file', () => {
	test('import into another vault brings them all back, and again brings nothing', async ({
		home,
		age: {sandbox, newVault, hashOf, list},
	}) => {
		const vault = newVault('second.json');
		expect(await sandbox(['remove', 'main', '--yes'], {vault})).toMatchObject({status: 0});
		const words = ['import', home.file('all.age'), '--identity', home.file('id.txt'), '--no-test'];
		const before = hashOf(vault);
		expect(await sandbox([...words, '--dry-run'], {vault})).toMatchObject({
			status: 0,
			out: '1. main: would be stored (sandbox, live).\n2. 网格🔑: would be stored (sandbox, live).\n',
		});
		expect(hashOf(vault)).toBe(before);
		expect(await sandbox(words, {vault})).toMatchObject({
			status: 0,
			out: '1. main: stored.\n2. 网格🔑: stored.\n',
			err: '2 of 2 stored, 0 here already, 0 refused.\n',
		});
		expect(await list({vault})).toEqual(await list());
		expect(await sandbox([...words, '--json'], {vault})).toMatchObject({
			status: 0,
			out: expect.stringMatching(/"outcome": "skipped"[^]*"outcome": "skipped"/) as string,
		});
	});

	test.for<readonly [string, readonly string[]]>([
		['binary', []],
		['armored', ['-a']],
	])(
		'what age -e made around the same JSON comes in too: %s',
		async ([kind, words], {home, age: {sandbox, newVault, list, recipient}}) => {
			const vault = newVault(`from-age-${kind}.json`);
			const sealed = execFileSync('age', ['-e', ...words, '-r', recipient], {
				input: JSON.stringify([
					{
						name: 'hand',
						site: 'sandbox',
						apiKey: '7e5f0a11-2b3c-4d5e-8f90-a5b4c3d2e1f1',
						secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
						passphrase: 'Made-By-Hand1!',
					},
				]),
			});
			fs.writeFileSync(home.file(`${kind}.age`), sealed);
			expect(
				await sandbox(['import', home.file(`${kind}.age`), '--identity', home.file('id.txt'), '--no-test'], {vault}),
			).toMatchObject({status: 0, out: '1. hand: stored.\n'});
			expect((await list({vault})).map(({name}) => name)).toEqual(['hand', 'main']);
		},
	);

	test('a key that works is tested and stored; the exit status is the smallest that is not 0', async ({
		home,
		vault: {path},
		age: {sandbox},
	}) => {
		const vault = 'tested.json';
		fs.copyFileSync(path, home.file(vault));
		expect(await sandbox(['remove', '网格🔑', '--yes'], {vault})).toMatchObject({status: 0});
		const [, key] = keysIn(home, 'all.age') as [Exported, Exported];
		const input = JSON.stringify([
			{...key, name: 'bad', apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6'},
			key,
			{...key, name: ' main', apiKey: 'other'},
		]);
		const {status, out} = await sandbox(['import', '-'], {vault, input});
		expect(out).toMatch(
			/^1\. bad: not stored\. .*\n2\. 网格🔑: stored\. The key works: read, trade\.\n3\.  main: not stored\. The name “ main” begins .*\n$/,
		);
		expect(status).toBe(2);
		expect(
			(
				await sandbox(['import', '-'], {
					vault,
					input: JSON.stringify([{...key, name: 'bad', apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6'}]),
				})
			).status,
		).toBe(21);
	});

	test('what does not open is told apart, and changes nothing', async ({
		home,
		vault: {passphraseFile},
		age: {sandbox, newVault, hashOf},
	}) => {
		const vault = newVault('refusing.json');
		keygen(home, 'other.txt');
		const sealed = fs.readFileSync(home.file('all.age'));
		fs.writeFileSync(home.file('cut.age'), sealed.subarray(0, 100));
		fs.writeFileSync(home.file('changed.age'), Buffer.concat([sealed.subarray(0, -1), Buffer.of(sealed.at(-1)! ^ 1)]));
		fs.writeFileSync(home.file('noise.bin'), Buffer.from([0xff, 0xfe, 0x00, 0x80]));
		fs.writeFileSync(home.file('id-open.txt'), fs.readFileSync(home.file('id.txt')), {mode: 0o644});
		fs.writeFileSync(home.file('long.json'), Buffer.alloc(26 * 1024 * 1024, 0x20));
		const agePassphraseFile = home.passphraseFile('eight words are plenty for a file', 'age-passphrase');
		const identity = ['--identity', home.file('id.txt')];
		const before = hashOf(vault);
		for (const [words, status, sentence] of [
			[['all.age'], 2, 'is encrypted for the holder of an identity'],
			[['all.age', '--identity', home.file('other.txt')], 11, 'was not encrypted for this identity'],
			[['all.age', '--age-passphrase-file', agePassphraseFile], 2, 'is encrypted for the holder of an identity'],
			[['all.age', '--identity', home.file('id-open.txt')], 2, 'can be read by others'],
			[['all.age', '--identity', home.file('no-such.txt')], 2, 'There is no identity file '],
			[['all.age', '--identity', passphraseFile], 2, 'has no age identity in line 1'],
			[['cut.age', ...identity], 2, 'its end is missing'],
			[['changed.age', ...identity], 2, 'something in it was changed, or its end is missing'],
			[['noise.bin'], 2, 'is of no format that import knows'],
			[['long.json'], 2, 'is longer than 24 MiB'],
			[['no-such.age'], 2, 'There is no file '],
			[['.'], 2, 'cannot be read (it is a folder)'],
			[['refusing.json'], 2, 'is a vault, not a list of keys'],
			[['refusing.json', ...identity], 2, 'is a vault, not a list of keys'],
		] as const) {
			const [name, ...rest] = words;
			expect(await sandbox(['import', home.file(name), ...rest, '--no-test'], {vault}), words.join(' ')).toMatchObject({
				status,
				out: '',
				err: expect.stringContaining(sentence) as string,
			});
		}

		expect(hashOf(vault)).toBe(before);
	});
});
