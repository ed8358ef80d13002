import fs from 'node:fs';
import path from 'node:path';
import {reasonOf} from '../core/system-error.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {shellQuotePath} from '../core/text/shell.ts';
import {AppError} from '../core/errors.ts';
import {makeFolder} from '../files/folders.ts';
import {foreignFault, pathFault} from '../files/permissions.ts';
import type {AgentEndpoint} from './endpoint.ts';
import {msg, t} from '../language/translate.ts';

/** Bytes in the address of a unix socket (unix(7): 108 with the zero at its end). */
const addressBytes = 107;

const elsewhere = msg`Set XDG_RUNTIME_DIR to a folder that only you can use.`;

export function agentFailure(problem: string, fix: string, cause?: unknown): AppError {
	return new AppError('agent', {problem, fix}, {cause});
}

export function agentMisused(problem: string, fix: string): AppError {
	return new AppError('agent', {problem, fix, exit: 'usage'});
}

/**
 * Judges the path without following a link or connecting. Throws `agent` for anything but a private socket of the
 * owner, since another program may be waiting there for a key.
 */
export function isSocketThere(endpoint: AgentEndpoint): boolean {
	const {socket, owner} = endpoint;
	const stats = Buffer.byteLength(socket) > addressBytes ? undefined : look(socket);
	if (!stats || !isFolderThere(endpoint)) return false;
	if (!stats.isSocket()) throw distrusted(socket, t`is not a socket`, t`Remove it if it is yours.`);
	refuseForeign(socket, stats, owner);
	if ((stats.mode & 0o077n) !== 0n)
		throw distrusted(socket, t`can be used by other users`, t`Remove it, and start the agent again.`);
	return true;
}

/** Throws `agent` if the folder cannot be made or other users can reach it. */
export function prepareFolder(endpoint: AgentEndpoint): void {
	const {socket} = endpoint;
	const folder = path.dirname(socket);
	const length = Buffer.byteLength(socket);
	if (length > addressBytes)
		throw agentMisused(
			t`The path ${sanitize(socket)} has ${length} bytes, and the address of a socket has room for ${addressBytes}.`,
			t`Set XDG_RUNTIME_DIR to a folder of your own with a shorter path.`,
		);
	if (isFolderThere(endpoint)) return;
	try {
		makeFolder(folder, endpoint.base ?? path.dirname(folder));
	} catch (error) {
		throw agentFailure(
			t`The agent cannot have its socket in ${sanitize(folder)} (${reasonOf(error)}).`,
			elsewhere(),
			error,
		);
	}

	isFolderThere(endpoint);
}

/** Throws `agent` for a folder that another user can write to or replace. */
function isFolderThere({socket, owner}: AgentEndpoint): boolean {
	const folder = path.dirname(socket);
	const stats = look(folder);
	if (!stats) return false;
	if (stats.isSymbolicLink()) throw distrusted(folder, t`is a symbolic link`, elsewhere());
	if (!stats.isDirectory()) throw distrusted(folder, t`is not a folder`, elsewhere());
	refuseForeign(folder, stats, owner);
	if ((stats.mode & 0o077n) !== 0n)
		throw distrusted(folder, t`is open to other users`, t`Run chmod 700 ${shellQuotePath(folder)}.`);
	refuseMovable(path.dirname(folder), owner);
	return true;
}

/** Throws `agent` where another user could exchange our folder between this check and the call. */
function refuseMovable(above: string, owner: number): void {
	const fault = pathFault(above, owner);
	if (fault) throw distrusted(fault.path, fault.problem, elsewhere());
}

function refuseForeign(name: string, stats: fs.BigIntStats, owner: number): void {
	const fault = foreignFault(name, stats, owner);
	if (fault) throw distrusted(fault.path, fault.problem, stats.uid === 0n ? fault.fix : elsewhere());
}

function distrusted(name: string, problem: string, fix: string): AppError {
	return agentFailure(t`${sanitize(name)} ${problem}, so it is not used for the agent.`, fix);
}

function look(name: string): fs.BigIntStats | undefined {
	try {
		return fs.lstatSync(name, {bigint: true, throwIfNoEntry: false});
	} catch {
		return undefined;
	}
}
