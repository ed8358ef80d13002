import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {testWith} from './journey.ts';
import {run} from './program.ts';
import type {TestVault} from './vaults.ts';

const test = testWith('sandbox');

describe.concurrent('a file that is no vault', () => {
	const cases: readonly (readonly [string, (name: string, vault: TestVault) => void, number, RegExp])[] = [
		['missing', () => {}, 15, /no vault/],
		[
			'a folder',
			name => {
				fs.mkdirSync(name);
			},
			12,
			/folder|directory/,
		],
		[
			'a symbolic link',
			(name, shared) => {
				fs.symlinkSync(shared.path, name);
			},
			1,
			/link/,
		],
		[
			'plain text',
			name => {
				fs.writeFileSync(name, 'api_key = "x"\n', {mode: 0o600});
			},
			12,
			/not a vault/,
		],
		[
			'other JSON',
			name => {
				fs.writeFileSync(name, '{"keys":[]}', {mode: 0o600});
			},
			12,
			/not a vault/,
		],
		[
			'empty',
			name => {
				fs.writeFileSync(name, '', {mode: 0o600});
			},
			12,
			/not a vault/,
		],
		[
			'cut short',
			(name, shared) => {
				fs.writeFileSync(name, shared.bytes().subarray(0, 3000), {mode: 0o600});
			},
			12,
			/damaged|not a vault/,
		],
		[
			'newer than the program',
			(name, shared) => {
				fs.writeFileSync(
					name,
					shared
						.bytes()
						.toString()
						.replace(/"version":\s*1/, '"version":2'),
					{
						mode: 0o600,
					},
				);
			},
			14,
			/format 2/,
		],
	];

	test.for(cases)(
		'is refused by its own sentence and left as it was: %s',
		async ([, make, status, sentence], {home, shared}) => {
			const name = home.file('other.json');
			make(name, shared);
			const before = fs.lstatSync(name, {throwIfNoEntry: false})?.mtimeMs;
			const {status: actual, err} = await run(home, [
				'list',
				'--vault',
				name,
				'--passphrase-file',
				shared.passphraseFile,
			]);
			expect({actual, err}).toMatchObject({actual: status, err: expect.stringMatching(sentence) as string});
			expect(fs.lstatSync(name, {throwIfNoEntry: false})?.mtimeMs).toBe(before);
		},
	);

	test('a sandbox vault is not opened for real trading', async ({shared}) => {
		expect(await run(shared.home, ['list', '--vault', shared.path, '--key-file', shared.keyFile])).toMatchObject({
			status: 2,
			err: expect.stringMatching(/belongs to the sandbox/) as string,
		});
	});
});
