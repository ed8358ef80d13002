import {spawn} from 'node:child_process';
import {sign} from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {afterwards} from '../vault/world.ts';
import {ed25519Key, fakeAgent, framed, rsaKey, signed} from './world.ts';

/** Whether one process may read the memory of another here: Linux, and root or no Yama. */
const mayLook =
	fs.existsSync('/proc/self/mem') && (process.geteuid!() === 0 || !fs.existsSync('/proc/sys/kernel/yama/ptrace_scope'));

/** How often some bytes are found in what a process may write to. */
function inMemory(pid: number, wanted: Buffer): number {
	let found = 0;
	const memory = fs.openSync(`/proc/${pid}/mem`, 'r');
	for (const line of fs.readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n')) {
		const [, from, to] = /^([\da-f]+)-([\da-f]+) rw/.exec(line) ?? [];
		if (from === undefined || to === undefined) continue;
		const start = Number.parseInt(from, 16);
		const bytes = Buffer.alloc(Number.parseInt(to, 16) - start);
		try {
			fs.readSync(memory, bytes, 0, bytes.length, start);
		} catch {
			// Pages that are only reserved cannot be read.
		}

		for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, at + 1)) found++;
	}

	fs.closeSync(memory);
	return found;
}

test.skipIf(!mayLook).each([
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
