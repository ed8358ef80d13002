import path from 'node:path';
import {AppError} from '../core/errors.ts';
import {homeFolder, xdgFolder, type ProcessEnvironment} from '../files/home.ts';
import {configFolder} from './settings/path.ts';
import {t} from '../language/translate.ts';

/** Below `$XDG_CONFIG_HOME/okx-keys`, or else `~/.config/okx-keys`. Throws `usage` where there is neither. */
export function defaultVaultPath(environment: ProcessEnvironment, isSandbox: boolean): string {
	const folder = configFolder(environment);
	if (folder === undefined)
		throw new AppError('usage', {
			problem: t`There is no home folder to keep the vault in.`,
			hint: t`Set HOME, or name a file with --vault.`,
		});
	return path.join(folder, isSandbox ? 'sandbox.json' : 'vault.json');
}

/** Below `$XDG_STATE_HOME/okx-keys`, or else `~/.local/state/okx-keys`; undefined without a home folder. */
export function seenPath(environment: ProcessEnvironment): string | undefined {
	const base = xdgFolder(environment, 'XDG_STATE_HOME') ?? belowHome('.local/state');
	return base === undefined ? undefined : path.join(base, 'okx-keys', 'seen');
}

function belowHome(name: string): string | undefined {
	const home = homeFolder();
	return home === undefined ? undefined : path.join(home, name);
}
