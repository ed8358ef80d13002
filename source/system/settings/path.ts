import path from 'node:path';
import {homeFolder, xdgFolder, type ProcessEnvironment} from '../../files/home.ts';

/** Below `$XDG_CONFIG_HOME`, or else `~/.config`; undefined without a home folder. */
export function configFolder(environment: ProcessEnvironment): string | undefined {
	const home = homeFolder(environment);
	const base =
		xdgFolder(environment, 'XDG_CONFIG_HOME') ?? (home === undefined ? undefined : path.join(home, '.config'));
	return base === undefined ? undefined : path.join(base, 'okx-keys');
}

/** In the folder of the usual vault; undefined without a home folder. */
export function settingsPath(environment: ProcessEnvironment): string | undefined {
	const folder = configFolder(environment);
	return folder === undefined ? undefined : path.join(folder, 'settings.json');
}
