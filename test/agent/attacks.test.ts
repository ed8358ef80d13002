import {spawn, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {agentReport, giveKey, keyAgentAt, lockAgent} from '../../source/agent/client.ts';
import type {AgentEndpoint} from '../../source/agent/endpoint.ts';
import {ensureAgent} from '../../source/agent/start.ts';
import {stateOf, until} from '../journeys/ending.ts';
import {impostor, isRoot, newAgent, newKey, newEndpoint, nobody, term} from './world.ts';

/** Nothing of a client's may go to it, and an agent must not be started there either. */
async function refused(endpoint: AgentEndpoint, sentence: RegExp): Promise<void> {
	const {vault, key} = newKey();
	const wanted = {code: 'agent', exit: 'unexpected', message: expect.stringMatching(sentence) as string};
	await expect(keyAgentAt(endpoint).get(vault)).rejects.toMatchObject(wanted);
	await expect(giveKey(endpoint, vault, key, term)).rejects.toMatchObject(wanted);
	await expect(agentReport(endpoint)).rejects.toMatchObject(wanted);
	await expect(lockAgent(endpoint)).rejects.toMatchObject(wanted);
	await expect(newAgent(endpoint)).rejects.toMatchObject(wanted);
	await expect(
		ensureAgent(endpoint, () => {
			throw new Error('It was started.');
		}),
	).rejects.toMatchObject(wanted);
	// The test itself must not be stopped by it.
	await keyAgentAt(endpoint).forget(vault);
}

/** A program of the user nobody, its output when it has said something. */
async function asNobody(script: string, ...words: readonly string[]): Promise<string> {
	const child = spawn(
		'setpriv',
		[`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', process.execPath, '-e', script, ...words],
		{stdio: ['ignore', 'pipe', 'inherit']},
	);
	onTestFinished(() => {
		child.kill();
	});
	return new Promise((resolve, reject) => {
		child.stdout.once('data', (chunk: Buffer) => {
			resolve(chunk.toString());
		});
		child.once('error', reject).once('exit', () => {
			reject(new Error('It ended without a word.'));
		});
	});
}

const canBecomeNobody =
	isRoot &&
	spawnSync('setpriv', [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', process.execPath, '-e', '0'])
		.status === 0;

test.skipIf(process.platform !== 'linux')(
	'an agent that is stopped is not taken for none when its queue is full (as Linux tells it)',
	async () => {
		const endpoint = newEndpoint();
		fs.mkdirSync(endpoint.folder, {mode: 0o700});
		const script =
			'net.createServer().listen({path: process.argv[1], backlog: 1}, () => { fs.chmodSync(process.argv[1], ' +
			'0o600); process.kill(process.pid, "SIGSTOP"); })';
		const child = spawn(process.execPath, ['-e', script, endpoint.socket], {stdio: 'ignore'});
		onTestFinished(() => {
			child.kill('SIGKILL');
		});
		await until(() => stateOf(child.pid!) === 'T', "it has stopped, with the mode of an agent's socket");
		for (let code: unknown; code !== 'EAGAIN';) {
			code = await new Promise(resolve => {
				const socket = net
					.connect(endpoint.socket, () => {
						resolve(undefined);
					})
					.on('error', (error: NodeJS.ErrnoException) => {
						resolve(error.code);
					});
				onTestFinished(() => {
					socket.destroy();
				});
			});
		}

		const wanted = {code: 'agent', message: expect.stringContaining('does not answer') as string};
		await expect(keyAgentAt(endpoint).get(newKey().vault)).rejects.toMatchObject(wanted);
		await expect(agentReport(endpoint)).rejects.toMatchObject(wanted);
		await expect(lockAgent(endpoint)).rejects.toMatchObject(wanted);
	},
);

describe('nothing is sent to what another user may have put there', () => {
	test('badly-moded-socket: one that others may use', async () => {
		const endpoint = newEndpoint();
		const heard = await impostor(endpoint);
		fs.chmodSync(endpoint.socket, 0o620);
		await refused(endpoint, /agent\.sock can be used by other users/);
		expect(heard()).toBe('');
	});

	test('badly-moded-folder: one that others may enter', async () => {
		const endpoint = newEndpoint();
		const heard = await impostor(endpoint);
		fs.chmodSync(endpoint.folder, 0o750);
		await refused(endpoint, /okx-keys is open to other users/);
		expect(heard()).toBe('');
	});

	test('movable-folder: one below a folder where others may exchange it', async () => {
		const endpoint = newEndpoint();
		const heard = await impostor(endpoint);
		// A group of others, as only root can choose it.
		if (isRoot) fs.chownSync(path.dirname(endpoint.folder), 0, nobody);
		for (const mode of isRoot ? [0o777, 0o770, 0o707] : [0o777, 0o707]) {
			fs.chmodSync(path.dirname(endpoint.folder), mode);
			await refused(endpoint, /can be written by other users/);
		}

		// As /tmp is: there nobody may move what is another's.
		fs.chmodSync(path.dirname(endpoint.folder), 0o1777);
		expect(await agentReport({...endpoint, socket: `${endpoint.socket}.none`})).toBeUndefined();
		expect(heard()).toBe('');
	});

	test('socket-behind-symlink: a link in the place of the socket', async () => {
		const [endpoint, other] = [newEndpoint(), newEndpoint()];
		const heard = await impostor(other);
		fs.mkdirSync(endpoint.folder, {mode: 0o700});
		fs.symlinkSync(other.socket, endpoint.socket);
		await refused(endpoint, /agent\.sock is not a socket/);
		expect(heard()).toBe('');
	});

	test('folder-behind-symlink: a link in the place of the folder', async () => {
		const [endpoint, other] = [newEndpoint(), newEndpoint()];
		const heard = await impostor(other);
		fs.symlinkSync(other.folder, endpoint.folder);
		await refused(endpoint, /okx-keys is a symbolic link/);
		expect(heard()).toBe('');
	});

	test('a plain file in the place of the socket stays as it is', async () => {
		const endpoint = newEndpoint();
		fs.mkdirSync(endpoint.folder, {mode: 0o700});
		fs.writeFileSync(endpoint.socket, 'mine', {mode: 0o600});
		await refused(endpoint, /agent\.sock is not a socket/);
		expect(fs.readFileSync(endpoint.socket, 'utf8')).toBe('mine');
	});

	test.each<readonly [string, RegExp, (folder: string) => void]>([
		[
			'a plain file',
			/okx-keys is not a folder/,
			folder => {
				fs.writeFileSync(folder, 'mine', {mode: 0o600});
			},
		],
		[
			'a folder that others may enter',
			/okx-keys is open to other users/,
			folder => {
				fs.mkdirSync(folder, {mode: 0o755});
			},
		],
	])(
		'%s in the place of the folder: no agent is started there, but where there is no socket there is no warning of it',
		async (_, sentence, make) => {
			const endpoint = newEndpoint();
			make(endpoint.folder);
			await expect(newAgent(endpoint)).rejects.toMatchObject({
				code: 'agent',
				message: expect.stringMatching(sentence) as string,
			});
			expect(await keyAgentAt(endpoint).get(newKey().vault)).toBeUndefined();
			expect(await agentReport(endpoint)).toBeUndefined();
		},
	);

	test.skipIf(!isRoot)('foreign-socket: another user’s in a folder of ours (needs root)', async () => {
		const endpoint = newEndpoint();
		const heard = await impostor(endpoint);
		fs.lchownSync(endpoint.socket, nobody, nobody);
		await refused(endpoint, /agent\.sock belongs to another user \(number 65534\)/);
		expect(heard()).toBe('');
	});

	test.skipIf(!canBecomeNobody)('foreign-socket: a living listener of another user (needs root)', async () => {
		const endpoint = newEndpoint();
		fs.chownSync(path.dirname(endpoint.folder), nobody, nobody);
		expect(
			await asNobody(
				`
			const [folder, socket] = process.argv.slice(1);
			fs.mkdirSync(folder, {mode: 0o700});
			const server = net.createServer(socket => socket.on('data', () => fs.writeFileSync(folder + '/heard', '')));
			server.listen(socket, () => console.log('listening'));
		`,
				endpoint.folder,
				endpoint.socket,
			),
		).toBe('listening\n');
		await refused(endpoint, /okx-keys belongs to another user \(number 65534\)/);
		expect(fs.readdirSync(endpoint.folder)).toEqual(['agent.sock']);
	});

	test.skipIf(!isRoot)(
		'foreign-folder: ours, below a folder of another user, who may exchange it (needs root)',
		async () => {
			const endpoint = newEndpoint();
			const heard = await impostor(endpoint);
			fs.chownSync(path.dirname(endpoint.folder), nobody, nobody);
			await refused(endpoint, /belongs to another user \(number 65534\)/);
			expect(heard()).toBe('');
		},
	);
});

describe('another user', () => {
	const knock =
		'net.connect(process.argv[1]).on("connect", () => console.log("in")).on("error", ({code}) => console.log(code))';

	test.skipIf(!canBecomeNobody)(
		'does not reach an agent: not through the folder, and not through a folder that was opened to others (needs root)',
		async () => {
			const endpoint = newEndpoint();
			await newAgent(endpoint);
			expect(await asNobody(knock, endpoint.socket)).toBe('EACCES\n');
			fs.chmodSync(endpoint.folder, 0o755);
			expect(await asNobody(knock, endpoint.socket)).toBe('EACCES\n');
			// It is the socket's mode that held.
			fs.chmodSync(endpoint.socket, 0o666);
			expect(await asNobody(knock, endpoint.socket)).toBe('in\n');
		},
	);
});
