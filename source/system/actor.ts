import {isIP} from 'node:net';
import os from 'node:os';
import type {Actor} from '../core/activity/entry.ts';

/** Who runs this process. SSH notes the address of its client in the environment, where anyone can change it. */
export function actorHere(environment: Readonly<Record<string, string | undefined>>): Actor {
	const [address = ''] = (environment['SSH_CONNECTION'] || environment['SSH_CLIENT'] || '').split(' ');
	// Node's first look for an IPv6 address takes milliseconds.
	const isAddress = address !== '' && isIP(address) !== 0;
	return {user: userName(), host: os.hostname(), ...(isAddress && {client: address})};
}

function userName(): string {
	try {
		return os.userInfo().username;
	} catch {
		// A container may run a user that its system does not list.
		return `uid ${process.getuid?.() ?? 'unknown'}`;
	}
}
