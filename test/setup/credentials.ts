import {subscribe} from 'node:diagnostics_channel';
import fs from 'node:fs';
import type {ClientRequest} from 'node:http';
import {inject} from 'vitest';
import {isHome, isSigned} from './home.ts';

/**
 * Watches every request that the tests of a file make, from below the client, and notes each that carries a
 * credential. One to a host that is neither of the exchange nor of this machine is nothing that a test may overlook:
 * the whole run fails.
 */
function watch(origin: string, headers: unknown): void {
	if (!isSigned({headers})) return;
	const isAllowed = isHome(origin);
	fs.appendFileSync(inject('signedRequests'), isAllowed ? '.' : '!');
	if (!isAllowed) throw new Error('A credential was about to be sent to a strange host.');
}

function watchAll(): void {
	subscribe('undici:request:create', message => {
		const {request} = message as {readonly request: {readonly origin: string | URL; readonly headers: unknown}};
		watch(String(request.origin), request.headers);
	});
	subscribe('http.client.request.start', message => {
		const {request} = message as {readonly request: ClientRequest};
		watch(`${request.protocol}//${String(request.getHeader('host'))}`, request.getHeaders());
	});
}

/** This file is run for each file of tests, and some of those share a process, in which each request counts once. */
const isWatching = Symbol.for('okx-keys: signed requests are counted');
if (!Object.hasOwn(globalThis, isWatching)) {
	Object.defineProperty(globalThis, isWatching, {value: true});
	watchAll();
}
