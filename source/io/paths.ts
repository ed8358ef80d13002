import os from 'node:os';
import path from 'node:path';
import {AppError} from '../errors.ts';

/** Where the vault lies when nobody names another place: `$XDG_CONFIG_HOME/okx-keys`, whose relative values are ignored as the XDG base directory specification demands. */
export function defaultVaultPath(environment: Readonly<Record<string, string | undefined>>, isSandbox: boolean): string {
	const configured = environment['XDG_CONFIG_HOME'];
	if (!path.isAbsolute(os.homedir()) && !(configured !== undefined && path.isAbsolute(configured))) throw new AppError('usage', {problem: 'There is no home folder to keep the vault in.', hint: 'Set HOME, or name a file with --vault.'});
	const base = configured !== undefined && path.isAbsolute(configured) ? configured : path.join(os.homedir(), '.config');
	return path.join(base, 'okx-keys', isSandbox ? 'sandbox.json' : 'vault.json');
}

/** Where this machine remembers the vaults it has seen: `$XDG_STATE_HOME/okx-keys/seen`; undefined without a home folder. */
export function seenPath(environment: Readonly<Record<string, string | undefined>>): string | undefined {
	const configured = environment['XDG_STATE_HOME'];
	if (configured !== undefined && path.isAbsolute(configured)) return path.join(configured, 'okx-keys', 'seen');
	return path.isAbsolute(os.homedir()) ? path.join(os.homedir(), '.local', 'state', 'okx-keys', 'seen') : undefined;
}
