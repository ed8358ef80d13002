import {processFiles} from '../../source/system/user-files/files.ts';
import {machineHere} from '../../source/system/machine.ts';
import {readProcessState} from '../../source/system/process-state.ts';
import {processPrograms} from '../../source/system/programs.ts';
import type {Io} from '../../source/cli/io.ts';
import {Secret} from '../../source/core/secret.ts';
import {worldPassphrase} from './world.ts';

export type Printed = Readonly<Record<'out' | 'exact' | 'note', string[]>>;

/** An Io that remembers what is printed, and opens the vault of a `world`; it asks nothing. */
export function printing(wanted: Partial<Io> = {}): {readonly io: Io; readonly printed: Printed} {
	const printed: Printed = {out: [], exact: [], note: []};
	const io: Io = {
		out: text => void printed.out.push(text),
		exact: text => void printed.exact.push(text),
		secret: text => void printed.exact.push(text),
		deliver: text => void printed.exact.push(text),
		note: text => void printed.note.push(text),
		keep() {},
		files: processFiles,
		programs: processPrograms(readProcessState()),
		machine: machineHere(readProcessState()),
		openers: {passphraseFile: undefined, keyFile: undefined},
		write: async () => {},
		isUnseen: false,
		progress() {},
		json: false,
		columns: undefined,
		stdinIsTerminal: false,
		readStdin: async () => '',
		ask: async () => Promise.reject(new Error('There is no terminal to ask at.')),
		hold() {},
		release: async () => {},
		givenPassphrase: async () => new Secret(worldPassphrase),
		givenKeyFile: () => undefined,
		stopped: async () => {},
		ended: async () => {},
		stopSignal: () => new AbortController().signal,
		...wanted,
		wait: async (_, work) => work(),
	};
	return {io, printed};
}
