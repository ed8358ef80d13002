import {chmodSync, copyFileSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {encodeContent} from '../../source/vault/format/encode.ts';
import type {UnlockMethod} from '../../source/vault/slots/slots.ts';
import {decrypt} from './decrypt.mjs';
import {agentOf} from './ssh-key.ts';
import index from './vectors/index.json' with {type: 'json'};
import type {Vector} from './vectors/altered.ts';
import {made} from './vectors/make.ts';
import {failureOf, openable, temporaryFolder} from './world.ts';

const folder = join(import.meta.dirname, 'vectors');
const vectors = index.vectors as readonly Vector[];

const openers = {
	passphrase: secret => ({passphrase: new Secret(secret)}),
	recovery: secret => ({recoveryKey: new Secret(secret)}),
	keyfile: secret => ({keyFile: new Secret(secret)}),
	'ssh-agent': secret => ({sshAgent: agentOf(secret)}),
} as const satisfies Record<Vector['way'], (secret: string) => UnlockMethod>;

/** A vector's file with the mode that a vault must have; git keeps none. */
function copyOf(file: string): string {
	const path = join(temporaryFolder(), 'vault.json');
	copyFileSync(join(folder, file), path);
	chmodSync(path, 0o600);
	return path;
}

describe('the vectors of format 1', () => {
	it.each(vectors)('$name, by $way: $expect', async ({file, way, secret, expect: expected, says = ''}) => {
		const vault = openable(copyOf(file));
		const opening = vault.unlock(openers[way](secret));
		if (expected === 'success') {
			await opening;
			expect(JSON.parse(encodeContent(vault.read(), '', Number.POSITIVE_INFINITY).bytes.toString())).toEqual(
				index.content,
			);
		} else {
			expect(await failureOf(opening)).toMatchObject({code: expected, message: expect.stringContaining(says)});
		}
	});

	it.each(vectors)(
		'$name, by $way, with a program that shares no code with ours: the same',
		({file, way, secret, expect: expected}) => {
			const keys = () => {
				const content = JSON.parse(
					decrypt(readFileSync(join(folder, file), 'latin1'), way, secret).toString(),
				) as typeof index.content;
				if (!Array.isArray(content.keys)) throw new Error('There are no keys in it.');
				return content;
			};

			if (expected === 'success') expect(keys()).toEqual(index.content);
			else expect(keys).toThrow();
		},
	);

	it('are what the program writes today, byte for byte', () => {
		for (const {file, text} of made.files) expect(readFileSync(join(folder, file), 'latin1'), file).toBe(text);
		expect(JSON.parse(JSON.stringify(made.index))).toEqual(index);
	});
});
