import {execFileSync} from 'node:child_process';
import {createPublicKey, randomBytes, verify, type KeyObject} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {sshAgentAt} from '../../source/ssh-agent/client.ts';
import {fingerprint} from '../../source/ssh-agent/fingerprint.ts';
import {failureOf} from '../vault/world.ts';
import {blobOf, missing, realAgent} from './world.ts';

/** What DER has before an Ed25519 key (RFC 8410 §4). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex');

/** The public key of a file, read without any code of ours. */
function publicKeyOf(kind: 'ed25519' | 'rsa', file: string): KeyObject {
	if (kind === 'rsa') return createPublicKey(execFileSync('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', `${file}.pub`]));
	return createPublicKey({
		key: Buffer.concat([ed25519Prefix, blobOf(file).subarray(-32)]),
		format: 'der',
		type: 'spki',
	});
}

describe.skipIf(missing !== '')(
	`the ssh-agent of OpenSSH${missing && ` (left out: there is no ${missing} here)`}`,
	() => {
		it.each([
			['ed25519', 'ssh-ed25519', null, 64],
			['rsa', 'rsa-sha2-512', 'sha512', 384],
		] as const)(
			'signs with %s the same each time, and what it signs is what was asked',
			async (kind, algorithm, hash, length) => {
				const {socket, newKey, add} = await realAgent();
				const file = newKey(kind);
				add(file);
				const agent = sshAgentAt(socket);
				const [key, ...others] = await agent.keys();
				expect(others).toEqual([]);
				expect(key).toMatchObject({type: `ssh-${kind}`, comment: `${kind} of ana`});
				expect(Buffer.from(key!.blob).equals(blobOf(file))).toBe(true);

				const data = randomBytes(100);
				const signature = await agent.sign(key!, data);
				expect((await agent.sign(key!, data)).equals(signature)).toBe(true);
				expect((await agent.sign(key!, randomBytes(100))).equals(signature)).toBe(false);
				const front = 4 + algorithm.length;
				expect(signature.toString('latin1', 4, front)).toBe(algorithm);
				expect(signature.readUInt32BE(front)).toBe(length);
				expect(verify(hash, data, publicKeyOf(kind, file), signature.subarray(front + 4))).toBe(true);
			},
		);

		it('has its keys named as ssh-keygen names them', async () => {
			const {newKey} = await realAgent();
			const file = newKey('ed25519');
			const said = execFileSync('ssh-keygen', ['-l', '-f', `${file}.pub`], {encoding: 'utf8'}).split(' ')[1];
			expect(fingerprint({type: 'ssh-ed25519', blob: blobOf(file), comment: ''})).toBe(said);
		});

		it('offers what can open a vault, in its order, and neither ECDSA nor short RSA', async () => {
			const {socket, newKey, add} = await realAgent();
			const files = [newKey('ecdsa'), newKey('rsa', 2048), newKey('rsa', 1024), newKey('ed25519')];
			for (const file of files) add(file);
			const keys = await sshAgentAt(socket).keys();
			expect(keys.map(({blob}) => Buffer.from(blob).toString('base64'))).toEqual(
				[files[1]!, files[3]!].map(file => blobOf(file).toString('base64')),
			);
		});

		it('with an ECDSA key alone says that no key fits', async () => {
			const {socket, newKey, add} = await realAgent();
			add(newKey('ecdsa'));
			expect(await failureOf(sshAgentAt(socket).keys())).toMatchObject({
				code: 'ssh-agent',
				exit: 'locked',
				message: expect.stringContaining('only Ed25519') as unknown,
			});
		});

		it('that is empty or locked with ssh-add -x says so, and works again after ssh-add -X', async () => {
			const {socket, newKey, add} = await realAgent();
			const agent = sshAgentAt(socket);
			expect((await failureOf(agent.keys())).message).toBe('The ssh-agent has no keys, or it is locked.');
			add(newKey('ed25519'));
			const [key] = await agent.keys();
			add('-x');
			expect(await failureOf(agent.keys())).toMatchObject({
				code: 'ssh-agent',
				message: 'The ssh-agent has no keys, or it is locked.',
				hint: expect.stringContaining('ssh-add -X') as unknown,
			});
			expect((await failureOf(agent.sign(key!, randomBytes(8)))).message).toBe('The ssh-agent refused to sign.');
			add('-X');
			expect(await agent.keys()).toHaveLength(1);
		});

		it('signs with a key of ssh-add -c when its owner says yes, and tells of it when the owner says no', async () => {
			for (const confirmation of [0, 1]) {
				const {socket, newKey, add} = await realAgent({confirmation});
				add('-c', newKey('ed25519'));
				const agent = sshAgentAt(socket);
				const [key] = await agent.keys();
				const signature = agent.sign(key!, randomBytes(8));
				if (confirmation === 0) expect(await signature).toHaveLength(4 + 11 + 4 + 64);
				else
					expect(await failureOf(signature)).toMatchObject({
						code: 'ssh-agent',
						exit: 'locked',
						message: 'The ssh-agent refused to sign.',
					});
			}
		});

		it('refuses a key that was taken from it meanwhile', async () => {
			const {socket, newKey, add} = await realAgent();
			add(newKey('ed25519'));
			const agent = sshAgentAt(socket);
			const [key] = await agent.keys();
			add('-D');
			expect((await failureOf(agent.sign(key!, randomBytes(8)))).message).toBe('The ssh-agent refused to sign.');
		});

		it.each([
			['SIGTERM', 'there is nothing there'],
			['SIGKILL', 'nothing listens there'],
		] as const)('that was ended by %s cannot be reached', async (signal, says) => {
			const {socket, newKey, add, end} = await realAgent();
			add(newKey('ed25519'));
			const agent = sshAgentAt(socket);
			const [key] = await agent.keys();
			await end(signal);
			for (const work of [agent.keys(), agent.sign(key!, randomBytes(8))]) {
				expect(await failureOf(work)).toMatchObject({
					code: 'ssh-agent',
					exit: 'locked',
					message: expect.stringContaining(says) as unknown,
					hint: expect.stringContaining('SSH_AUTH_SOCK') as unknown,
				});
			}
		});
	},
);
