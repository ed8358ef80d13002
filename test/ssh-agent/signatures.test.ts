import {sign} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {sshAgentAt} from '../../source/ssh-agent/client.ts';
import {uint32} from '../../source/ssh-agent/wire.ts';
import {sshString} from '../../source/vault/slots/ssh-slot.ts';
import {failureOf} from '../vault/world.ts';
import {ed25519Key, fakeAgent, framed, rsaKey, signed} from './world.ts';
import {answering, data, nonsense} from './attacks.ts';

describe('a signature', () => {
	it('wrong-algorithm: with SHA-1, as an agent makes it that does not know the flag, is refused', async () => {
		const {key, privateKey} = rsaKey();
		const failure = await failureOf(
			(await answering(framed(signed('ssh-rsa', sign('sha1', data, privateKey))))).sign(key, data),
		);
		expect(failure).toMatchObject({
			code: 'ssh-agent',
			message: 'The ssh-agent signed with ssh-rsa, and not with rsa-sha2-512 as it was asked.',
		});
	});

	it('wrong-algorithm: whose name would steer the terminal is named harmlessly', async () => {
		const {key, privateKey} = ed25519Key();
		expect(
			(await failureOf((await answering(framed(signed('\u001B[2J', sign(null, data, privateKey))))).sign(key, data)))
				.message,
		).toContain(String.raw`\u{1b}[2J`);
	});

	it('wrong-signature: of another key, over something else, or with something more is refused', async () => {
		const {key, privateKey} = ed25519Key();
		const right = sign(null, data, privateKey);
		const wrong = [
			sign(null, data, ed25519Key().privateKey),
			sign(null, Buffer.from('a login'), privateKey),
			Buffer.concat([Buffer.of(0), right]),
			right.subarray(0, 63),
			Buffer.alloc(0),
		];
		for (const signature of wrong) {
			expect(
				await failureOf((await answering(framed(signed('ssh-ed25519', signature)))).sign(key, data)),
			).toMatchObject({code: 'ssh-agent', message: 'What the ssh-agent gave is not the signature of this key.'});
		}
	});

	it('garbage: with something behind it, or behind its bytes, is refused', async () => {
		const {key, privateKey} = ed25519Key();
		const right = Buffer.concat([sshString('ssh-ed25519'), sshString(sign(null, data, privateKey))]);
		for (const answer of [
			Buffer.concat([sshString(right), Buffer.of(0)]),
			sshString(Buffer.concat([right, Buffer.of(0)])),
		]) {
			expect(
				await failureOf((await answering(framed(Buffer.concat([Buffer.of(14), answer])))).sign(key, data)),
			).toMatchObject(nonsense);
		}
	});

	it('tampering: with any bit of it flipped is refused', async () => {
		const {key, privateKey} = ed25519Key();
		const whole = signed('ssh-ed25519', sign(null, data, privateKey));
		let flipped = whole;
		const {socket} = await fakeAgent(connection => {
			connection.write(framed(flipped));
		});
		const agent = sshAgentAt(socket, {timeoutMs: 5000});
		for (let bit = 0; bit < 8 * whole.length; bit++) {
			flipped = Buffer.from(whole);
			flipped[bit >> 3]! ^= 1 << (bit & 7);
			expect((await failureOf(agent.sign(key, data))).code).toBe('ssh-agent');
		}

		flipped = whole;
		expect(await agent.sign(key, data)).toEqual(whole.subarray(5));
	});

	it('of RSA is the same from an agent that leaves out the zeros at its front', async () => {
		const {key, privateKey} = rsaKey();
		// One in 256 begins with a zero.
		let at = 0;
		let signature: Buffer;
		do signature = sign('sha512', Buffer.from(`${++at}`), privateKey);
		while (signature[0] !== 0);
		const own = await answering(framed(signed('rsa-sha2-512', signature)));
		const other = await answering(
			framed(signed('rsa-sha2-512', signature.subarray(signature.findIndex(byte => byte !== 0)))),
		);
		expect(await other.sign(key, Buffer.from(`${at}`))).toEqual(await own.sign(key, Buffer.from(`${at}`)));
	});

	it('is asked for by the key, the data and the flag for SHA-512, and by nothing else', async () => {
		for (const [{key}, flag] of [
			[ed25519Key(), 0],
			[rsaKey(), 4],
		] as const) {
			let asked: Buffer | undefined;
			const {socket} = await fakeAgent((connection, request) => {
				asked = request;
				connection.write(framed(Buffer.of(5)));
			});
			expect((await failureOf(sshAgentAt(socket).sign(key, data))).message).toBe('The ssh-agent refused to sign.');
			expect(asked).toEqual(framed(Buffer.concat([Buffer.of(13), sshString(key.blob), sshString(data), uint32(flag)])));
		}
	});
});
