import {execFileSync, spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {generateKeyPairSync, type KeyObject} from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {sshString} from '../../source/vault/slots/ssh-slot.ts';
import type {SshKey} from '../../source/vault/slots/ssh-slot.ts';
import {afterwards, temporaryFolder} from '../vault/world.ts';

const programs = ['ssh-agent', 'ssh-add', 'ssh-keygen'];

/** Why tests with OpenSSH are left out here; empty when they are not. */
export const missing = programs
	.filter(program => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
	.join(', ');

/** The ssh-agent of OpenSSH on a socket of its own; ended after the test. */
export type RealAgent = {
	readonly socket: string;
	/** Makes a key without a passphrase and gives the name of its file. */
	readonly newKey: (kind: 'ed25519' | 'rsa' | 'ecdsa', bits?: number) => string;
	/** Runs `ssh-add`; `answer` is what a person types where it asks. */
	readonly add: (...words: readonly string[]) => void;
	readonly end: (signal?: NodeJS.Signals) => Promise<void>;
};

/** `confirmation` is the exit status of the program with which the agent asks its person: 0 means yes. */
export async function realAgent({confirmation = 1} = {}): Promise<RealAgent> {
	const folder = temporaryFolder();
	const socket = path.join(folder, 'socket');
	const asks = path.join(folder, 'askpass');
	const types = path.join(folder, 'types');
	fs.writeFileSync(asks, `#!/bin/sh\nexit ${confirmation}\n`, {mode: 0o700});
	fs.writeFileSync(types, '#!/bin/sh\necho lock\n', {mode: 0o700});
	const environment = (askpass: string) => ({
		...process.env,
		SSH_AUTH_SOCK: socket,
		SSH_ASKPASS: askpass,
		SSH_ASKPASS_REQUIRE: 'force',
		DISPLAY: 'none',
	});
	const agent = spawn('ssh-agent', ['-D', '-a', socket], {env: environment(asks), stdio: ['ignore', 'pipe', 'ignore']});
	afterwards(() => {
		agent.kill('SIGKILL');
	});
	// It says where it listens once it does.
	await once(agent.stdout, 'data');
	return {
		socket,
		newKey(kind, bits) {
			const file = path.join(folder, `${kind}-${fs.readdirSync(folder).length}`);
			execFileSync('ssh-keygen', [
				'-q',
				'-t',
				kind,
				...(bits === undefined ? [] : ['-b', String(bits)]),
				'-N',
				'',
				'-C',
				`${kind} of ana`,
				'-f',
				file,
			]);
			return file;
		},
		add(...words) {
			execFileSync('ssh-add', words, {env: environment(types), stdio: 'ignore'});
		},
		end: async (signal = 'SIGTERM') => ended(agent, signal),
	};
}

async function ended(agent: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	const exit = once(agent, 'exit');
	agent.kill(signal);
	await exit;
}

/** The public key of a file that `ssh-keygen` made, as SSH writes it. */
export function blobOf(file: string): Buffer {
	return Buffer.from(fs.readFileSync(`${file}.pub`, 'utf8').split(' ')[1]!, 'base64');
}

/**
 * Something on a unix socket that does with each request whatever a test wants; gives how many connections are open.
 */
export async function fakeAgent(
	answer: (connection: net.Socket, request: Buffer) => void,
): Promise<{readonly socket: string; readonly open: () => number}> {
	const socket = path.join(temporaryFolder(), 'socket');
	const connections = new Set<net.Socket>();
	const server = net.createServer(connection => {
		connections.add(connection);
		connection
			.on('error', () => {})
			.on('close', () => {
				connections.delete(connection);
			});
		connection.on('data', (request: Buffer) => {
			answer(connection, request);
		});
	});
	await new Promise<void>(resolve => {
		server.listen(socket, resolve);
	});
	afterwards(() => {
		server.close();
		for (const connection of connections) connection.destroy();
	});
	return {socket, open: () => connections.size};
}

/** Bytes with their length before them, as all of an agent's answers are. */
export function framed(bytes: Uint8Array): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	return Buffer.concat([length, bytes]);
}

function jwk(key: KeyObject, field: 'x' | 'n' | 'e'): Buffer {
	return Buffer.from(key.export({format: 'jwk'})[field]!, 'base64url');
}

export function ed25519Key(comment = 'ana'): {readonly key: SshKey; readonly privateKey: KeyObject} {
	const {publicKey, privateKey} = generateKeyPairSync('ed25519');
	return {
		privateKey,
		key: {
			type: 'ssh-ed25519',
			blob: Buffer.concat([sshString('ssh-ed25519'), sshString(jwk(publicKey, 'x'))]),
			comment,
		},
	};
}

export function rsaKey(): {readonly key: SshKey; readonly privateKey: KeyObject} {
	const {publicKey, privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048});
	// A positive number has a zero before its first bit (RFC 4251 §5).
	return {
		privateKey,
		key: {
			type: 'ssh-rsa',
			blob: Buffer.concat([
				sshString('ssh-rsa'),
				sshString(jwk(publicKey, 'e')),
				sshString(Buffer.concat([Buffer.of(0), jwk(publicKey, 'n')])),
			]),
			comment: 'ana',
		},
	};
}

/** An agent's answer that has a signature. */
export function signed(algorithm: string, signature: Uint8Array): Buffer {
	return Buffer.concat([Buffer.of(14), sshString(Buffer.concat([sshString(algorithm), sshString(signature)]))]);
}
