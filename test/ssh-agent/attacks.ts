import {expect} from 'vitest';
import {sshAgentAt} from '../../source/ssh-agent/client.ts';
import {uint32} from '../../source/ssh-agent/wire.ts';
import {sshString} from '../../source/vault/slots/ssh-slot.ts';
import type {SshKey} from '../../source/vault/slots/ssh-slot.ts';
import {fakeAgent} from './world.ts';

/** How long these tests wait for an agent that is silent, ms. */
export const timeoutMs = 200;
export const data = Buffer.from('what is signed');

export function listOf(...keys: readonly SshKey[]): Buffer {
	return Buffer.concat([
		Buffer.of(12),
		uint32(keys.length),
		...keys.flatMap(({blob, comment}) => [sshString(blob), sshString(comment)]),
	]);
}

/** An agent that answers everything with the same bytes. */
export async function answering(bytes: Buffer, options = {timeoutMs}) {
	return sshAgentAt(
		(
			await fakeAgent(connection => {
				connection.write(bytes);
			})
		).socket,
		options,
	);
}

export const nonsense = {
	code: 'ssh-agent',
	exit: 'locked',
	message: expect.stringContaining('is not an ssh-agent, or a broken one') as unknown,
};
export const hungUp = {
	code: 'ssh-agent',
	exit: 'locked',
	message: expect.stringContaining('hung up before it had answered') as unknown,
};
export const silent = {
	code: 'ssh-agent',
	exit: 'locked',
	message: expect.stringContaining('did not answer within 0.2 s') as unknown,
};
