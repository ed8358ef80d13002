import {examine, type Examined} from '../../../source/actions/doctor/doctor.ts';
import type {Machine} from '../../../source/actions/doctor/machine.ts';
import type {Context} from '../../../source/actions/context.ts';
import {world} from '../../helpers/world.ts';

/** A machine where all is well, but for what a test wants otherwise. */
function machine(wanted: Partial<Machine> = {}): Machine {
	return {
		environment: {TERM: 'xterm-256color', LANG: 'C.UTF-8'},
		node: '24.21.0',
		platform: 'linux',
		isInstalled: () => false,
		terminal: {columns: 120, rows: 40, colors: 256},
		showsUnicode: true,
		startProblem: () => undefined,
		dumpsMemory: () => false,
		isTraceable: () => false,
		isClockSynchronized: async () => true,
		vaultFile: () => 'fine',
		vaultFolder: () => 'fine',
		keyFile: () => 'fine',
		passphraseFile: () => 'fine',
		backupsOf: () => ['/vault/backups/vault.000001.json'],
		unreadable: () => undefined,
		lockHolder: async () => undefined,
		usualCost: () => ({m: 19 * 1024, t: 2, p: 1}),
		timeOf: async () => 500,
		tmux: async () => undefined,
		addresses: async () => ['203.0.113.7'],
		...wanted,
	};
}

export async function examined(
	wanted: Partial<Machine> = {},
	{
		context,
		...options
	}: {
		readonly context?: Context;
		readonly keyFile?: string;
		readonly passphraseFile?: string;
		readonly site?: string;
		readonly isOffline?: boolean;
	} = {},
): Promise<Readonly<Record<string, Examined>>> {
	const all = await examine(context ?? (await world()).context, {
		machine: machine(wanted),
		site: 'global',
		keyFile: undefined,
		passphraseFile: undefined,
		isOffline: true,
		...options,
	});
	return Object.fromEntries(all.map(one => [one.id, one]));
}

export const wordsOf = (one: Examined | undefined) => [
	one?.state,
	one?.text(),
	one && 'fix' in one ? one.fix() : undefined,
];
