import {spawn} from 'node:child_process';
import {sign} from 'node:crypto';
import {once} from 'node:events';
import path from 'node:path';
import {expect, test} from 'vitest';
import {countIn, mayReadMemory, memoryOf} from '../helpers/process-memory.ts';
import {afterwards} from '../vault/world.ts';
import {ed25519Key, fakeAgent, framed, rsaKey, signed} from './world.ts';

/** How often some bytes are found in what a process has written. */
function inMemory(pid: number, wanted: Buffer): number {
	let found = 0;
	for (const bytes of memoryOf(pid)) found += countIn(bytes, wanted);
	return found;
}

test.skipIf(!mayReadMemory).each([
	['Ed25519', ed25519Key(), 'ssh-ed25519', null],
	['RSA', rsaKey(), 'rsa-sha2-512', 'sha512'],
] as const)(
	'remnants: once its receiver has wiped it, a signature of %s is nowhere in memory',
	async (_, {key, privateKey}, algorithm, hash) => {
		const signature = sign(hash, Buffer.from('what is signed'), privateKey);
		const {socket} = await fakeAgent(connection => {
			connection.write(framed(signed(algorithm, signature)));
		});
		const child = spawn(
			process.execPath,
			[path.join(import.meta.dirname, 'signer.ts'), socket, key.type, Buffer.from(key.blob).toString('base64')],
			{stdio: ['pipe', 'pipe', 'inherit']},
		);
		afterwards(() => {
			child.kill('SIGKILL');
		});
		await once(child.stdout, 'data');
		// Its beginning alone would not do: whatever frees memory may overwrite that.
		const wanted = signature.subarray(16, 48);
		expect(inMemory(child.pid!, wanted)).toBeGreaterThan(0);
		child.stdin.write('wipe');
		await once(child.stdout, 'data');
		expect(inMemory(child.pid!, wanted)).toBe(0);
	},
);
