import {dirname, join} from 'node:path';
import {agentEndpointHere} from '../agent/process.ts';
import type {Context} from './context.ts';

/** Where this run keeps what; undefined where it has no such place. */
export function placesOf({vault, settings}: Pick<Context, 'vault' | 'settings'>) {
	return {
		vault: vault.path,
		backups: join(dirname(vault.path), 'backups'),
		settings: settings.path,
		agent: agentEndpointHere()?.socket,
	};
}
