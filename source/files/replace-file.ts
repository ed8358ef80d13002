import {basename, dirname} from 'node:path';
// For two variables that conf obeys.
import {env} from 'node:process';
import type Conf from 'conf';
import {homeFolder} from './home.ts';

type Written = {readonly content: string | Uint8Array};

/**
 * Makes a function that replaces a file in one step, with mode 0600 (throws system errors). It uses conf as
 * an atomic writer and ignores what it reads. Loading conf installs signal handlers (when-exit) that remove a
 * half-written file and raise the signal again: a handler of ours for that signal runs twice.
 */
export async function replacerOf(path: string): Promise<(content: Written['content']) => void> {
	const {default: Conf} = await loadConf();
	const home = new Conf<Written>({
		cwd: dirname(path),
		configName: basename(path),
		fileExtension: '',
		projectSuffix: '',
		configFileMode: 0o600,
		accessPropertiesByDotNotation: false,
		clearInvalidConfig: false,
		serialize: ({content}) => content,
		deserialize: () => ({content: ''}),
	});
	return content => {
		replace(home, content);
	};
}

/** conf asks for the home folder when it is loaded, and fails for a user without one, although it needs none. */
export async function loadConf() {
	if (env['HOME'] !== undefined || homeFolder() !== undefined) return import('conf');
	env['HOME'] = '/';
	try {
		return await import('conf');
	} finally {
		delete env['HOME'];
	}
}

/** With SNAP set, as under a program installed as a snap, conf would write into the file instead of replacing it. */
function replace(home: Conf<Written>, content: Written['content']): void {
	const snap = env['SNAP'];
	delete env['SNAP'];
	try {
		home.store = {content};
	} finally {
		if (snap !== undefined) env['SNAP'] = snap;
	}
}
