import {randomBytes} from 'node:crypto';
import {setImmediate as turn} from 'node:timers/promises';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {sshAgentAt} from '../../source/ssh-agent/client.ts';
import {uint32} from '../../source/ssh-agent/wire.ts';
import {sshString} from '../../source/vault/slots/ssh-slot.ts';
import type {SshKey} from '../../source/vault/slots/ssh-slot.ts';
import {failureOf} from '../vault/world.ts';
import {ed25519Key, fakeAgent, framed, signed} from './world.ts';
import {answering, data, hungUp, listOf, nonsense, silent, timeoutMs} from './attacks.ts';

describe('what listens at SSH_AUTH_SOCK', () => {
	it.each([
		['an empty answer', framed(Buffer.alloc(0))],
		['another protocol', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
		['a length of 4 GiB', Buffer.concat([Buffer.alloc(4, 0xff), Buffer.of(12)])],
		['a length just above the limit', Buffer.concat([uint32(256 * 1024 + 1), Buffer.of(12)])],
		['an unknown number', framed(Buffer.of(99))],
		['the answer to a signature', framed(signed('ssh-ed25519', randomBytes(64)))],
		['a list without its count', framed(Buffer.of(12))],
		[
			'a count of four thousand million keys and none of them',
			framed(Buffer.concat([Buffer.of(12), Buffer.alloc(4, 0xff)])),
		],
		[
			'a key longer than the answer',
			framed(Buffer.concat([Buffer.of(12), uint32(1), uint32(0xff_ff_ff_ff), Buffer.from('ssh-ed25519')])),
		],
		['something behind the list', framed(Buffer.concat([listOf(ed25519Key().key), Buffer.of(0)]))],
		['something behind the answer', Buffer.concat([framed(listOf(ed25519Key().key)), Buffer.of(0)])],
	])('garbage: %s is refused', async (_, bytes) => {
		expect(await failureOf((await answering(bytes)).keys())).toMatchObject(nonsense);
	});

	it('garbage: random bytes are refused, whatever they are', async () => {
		let bytes: Buffer = Buffer.alloc(0);
		const {socket} = await fakeAgent(connection => {
			connection.end(bytes);
		});
		const agent = sshAgentAt(socket, {timeoutMs: 5000});
		await fc.assert(
			fc.asyncProperty(
				fc.uint8Array({maxLength: 80}),
				fc.boolean(),
				fc.constantFrom(12, 14),
				async (random, isFramed, number) => {
					bytes = isFramed ? framed(Buffer.of(number, ...random)) : Buffer.from(random);
					for (const work of [agent.keys(), agent.sign(ed25519Key().key, data)])
						expect((await failureOf(work)).code).toBe('ssh-agent');
				},
			),
			{numRuns: 200},
		);
	});

	it('truncation: a list that ends too early is refused, wherever it ends', async () => {
		const whole = listOf(ed25519Key().key, ed25519Key().key);
		let length = 0;
		const {socket} = await fakeAgent(connection => {
			connection.write(framed(whole.subarray(0, length)));
		});
		const agent = sshAgentAt(socket, {timeoutMs: 5000});
		for (length = 0; length < whole.length; length++)
			expect(await failureOf(agent.keys()), `at ${length}`).toMatchObject(nonsense);
		expect(await agent.keys()).toHaveLength(2);
	});

	it('truncation: half an answer is refused, at once after a hang-up and in time after silence', async () => {
		const half = framed(listOf(ed25519Key().key)).subarray(0, 30);
		expect(await failureOf((await answering(half)).keys())).toMatchObject(silent);
		const {socket} = await fakeAgent(connection => {
			connection.end(half);
		});
		expect(await failureOf(sshAgentAt(socket, {timeoutMs: 60_000}).keys())).toMatchObject(hungUp);
	});

	it('silence: is not waited for, and no connection is left open', async () => {
		const {socket, open} = await fakeAgent(() => {});
		const agent = sshAgentAt(socket, {timeoutMs});
		expect(await failureOf(agent.keys())).toMatchObject(silent);
		expect(await failureOf(agent.sign(ed25519Key().key, data))).toMatchObject(silent);
		while (open() > 0) await turn();
	});

	it('hang-up: an agent that goes as soon as it is called is not taken for one that says no', async () => {
		const {socket} = await fakeAgent(connection => {
			connection.destroy();
		});
		expect(await failureOf(sshAgentAt(socket).keys())).toMatchObject(hungUp);
		// It goes with a part of the request unread, which the system reports as an error of the connection.
		for (const asked of [data, Buffer.alloc(1_000_000)])
			expect(await failureOf(sshAgentAt(socket).sign(ed25519Key().key, asked))).toMatchObject(hungUp);
	});

	it('steering: a comment cannot steer the terminal, nor fill it', async () => {
		const [evil, long] = await (
			await answering(framed(listOf(ed25519Key('\u001B[2Jana\u202E').key, ed25519Key('a'.repeat(10_000)).key)))
		).keys();
		expect(evil!.comment).toBe(String.raw`\u{1b}[2Jana\u{202e}`);
		expect(long!.comment).toHaveLength(100);
	});

	it('may send its answer a byte at a time', async () => {
		const {key} = ed25519Key();
		const {socket} = await fakeAgent(async connection => {
			for (const byte of framed(listOf(key))) {
				connection.write(Buffer.of(byte));
				await turn();
			}
		});
		expect(await sshAgentAt(socket).keys()).toHaveLength(1);
	});
});

describe('a key that an agent lists', () => {
	it('foreign-kind: is passed over when it is no key of the kind that it says', async () => {
		const {key} = ed25519Key();
		const strange = [
			Buffer.concat([sshString('ssh-ed25519'), sshString(randomBytes(31))]),
			Buffer.concat([key.blob, Buffer.of(0)]),
			Buffer.concat([
				sshString('ssh-ed25519-cert-v01@openssh.com'),
				sshString(randomBytes(32)),
				sshString(randomBytes(32)),
			]),
			Buffer.concat([sshString('sk-ssh-ed25519@openssh.com'), sshString(randomBytes(32)), sshString('ssh:')]),
			Buffer.concat([sshString('ssh-dss'), sshString(randomBytes(128))]),
			Buffer.concat([sshString('ssh-rsa'), sshString(Buffer.of(1, 0, 1)), sshString('')]),
			Buffer.concat([sshString('constructor'), sshString('')]),
			randomBytes(3),
			Buffer.alloc(0),
		].map((blob): SshKey => ({type: key.type, blob, comment: ''}));
		expect(await (await answering(framed(listOf(...strange, key)))).keys()).toEqual([
			{...key, blob: Uint8Array.from(key.blob)},
		]);
	});
});
