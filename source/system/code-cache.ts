import {hash} from 'node:crypto';
import fs from 'node:fs';
import {createRequire, getCompileCacheDir, Module} from 'node:module';
import path from 'node:path';
import {Script} from 'node:vm';

/** How long the code of earlier runs is used before what was compiled since is added to it, ms. */
const freshMs = 24 * 60 * 60 * 1000;

/** Code that is longer by less than this is not worth another write. */
const leastGrowth = 1.05;

/** What a file of kept code begins with, as one line of JSON. */
type Heading = {
	/** The checksum of the code: V8 checks nothing, and would run whatever is left of a damaged file. */
	readonly sum: string;
	/** What the code was compiled for. */
	readonly purposes: readonly string[];
};

type Wrapper = (exports: unknown, requireOf: NodeJS.Require, made: NodeJS.Module) => void;

type Kept = Heading & {readonly code: Buffer; readonly isFresh: boolean};

/**
 * Loads a CommonJS file with the code that V8 compiled in earlier runs, down to the last function that they called:
 * Node's own cache keeps only what V8 compiles before it runs the file. The code is in the folder of that cache, where
 * `keepFor` has it written at the end of the process. The file has `require.import` in place of `import()`, which Node
 * does not give to such a script.
 */
export function loadCompiled(file: string): {
	readonly loaded: unknown;
	/** Keeps what was compiled, unless it was kept for that purpose already; with `grows`, also where that was less. */
	readonly keepFor: (purpose: string, options?: {readonly grows?: boolean}) => void;
} {
	const folder = getCompileCacheDir();
	const source = fs.readFileSync(file, 'latin1');
	const place = folder && path.join(folder, `${path.basename(file)}-${idOf(source)}`);
	const found = place === undefined ? undefined : keptAt(place);
	const script = new Script(`(function(exports,require,module){${source}\n})`, {
		filename: file,
		...(found && {cachedData: found.code}),
	});
	const kept = script.cachedDataRejected === true ? undefined : found;
	const requireOf = createRequire(file);
	const made = new Module(file);
	requireOf.cache[file] = made;
	(script.runInThisContext() as Wrapper)(
		made.exports,
		Object.assign(requireOf, {import: async (name: string) => importedBy(file, name)}),
		made,
	);
	made.loaded = true;
	return {
		loaded: made.exports as unknown,
		keepFor(purpose, {grows = false} = {}) {
			const enough = kept?.isFresh && kept.purposes.includes(purpose) ? kept.code.length * leastGrowth : 0;
			if (place === undefined || (enough > 0 && !grows)) return;
			process.once('exit', () => {
				try {
					const code = script.createCachedData();
					if (code.length > enough) keep(place, kept, purpose, code);
				} catch {
					// The next start takes as long as this one.
				}
			});
		},
	};
}

/** A script of the program is loaded with its kept code too. A long run may have forgotten what its start compiled. */
async function importedBy(file: string, name: string): Promise<unknown> {
	if (!name.endsWith('.cjs')) return (await import(name)) as unknown;
	const {loaded, keepFor} = loadCompiled(path.join(path.dirname(file), name));
	keepFor(name, {grows: true});
	return loaded;
}

/** The last line of a file that the build wrote: a checksum of what it has written. */
function idOf(source: string): string {
	return source.slice(source.lastIndexOf('//') + 2).trim();
}

/** Undefined where there is none, or it is damaged. */
function keptAt(place: string): Kept | undefined {
	try {
		const bytes = fs.readFileSync(place);
		const end = bytes.indexOf('\n');
		const {sum, purposes} = JSON.parse(bytes.toString('latin1', 0, end)) as Heading;
		const code = bytes.subarray(end + 1);
		const age = Date.now() - fs.statSync(place).mtimeMs;
		return hash('sha256', code) === sum ? {sum, purposes, code, isFresh: age >= 0 && age < freshMs} : undefined;
	} catch {
		return undefined;
	}
}

function keep(place: string, before: Kept | undefined, purpose: string, code: Buffer): void {
	const purposes = [...new Set([...(before?.purposes ?? []), purpose])];
	// V8 forgets the code of functions that were not called for long.
	const best = before !== undefined && before.code.length >= code.length ? before.code : code;
	const heading: Heading = {sum: hash('sha256', best), purposes};
	for (const old of fs.readdirSync(path.dirname(place)))
		if (old.startsWith(path.basename(place).replace(/-[^-]*$/, '-')) && old !== path.basename(place))
			fs.rmSync(path.join(path.dirname(place), old));
	const temporary = `${place}.${process.pid}`;
	try {
		fs.writeFileSync(temporary, Buffer.concat([Buffer.from(`${JSON.stringify(heading)}\n`), best]), {
			mode: 0o600,
			flag: 'wx',
			flush: true,
		});
		fs.renameSync(temporary, place);
	} finally {
		fs.rmSync(temporary, {force: true});
	}
}
