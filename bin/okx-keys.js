#!/usr/bin/env node
// No new syntax and no import before the check: an old Node must be able to read this far.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 7)) {
	process.stderr.write(`okx-keys needs Node.js 24.7 or newer; this is ${process.versions.node}. Install a newer one from https://nodejs.org or your package manager.\n`);
	process.exitCode = 1;
} else {
	// Without a listener, any process of this user could open Node's debugger on a port that every local user reaches. (Where one was
	// quicker than this line, harden() refuses to go on.)
	process.on('SIGUSR1', () => {});
	// Ink's colours know FORCE_COLOR but not NO_COLOR (https://no-color.org).
	if (process.env.NO_COLOR && process.env.FORCE_COLOR === undefined) process.env.FORCE_COLOR = '0';
	// V8 otherwise lets garbage pile up to three times of what is in use: 210 MB for a test of 1,000 keys instead of 140, in the same time.
	// Not before the start is over, which it would slow down.
	setTimeout(() => { process.getBuiltinModule('node:v8').setFlagsFromString('--optimize-for-size'); }, 200).unref();
	// The sandbox promises to leave no file behind.
	if (!process.argv.some(word => word === 'sandbox' || word === '--sandbox')) keepCompiled();
	await import('../dist/okx-keys.js');
}

// What V8 has compiled is kept for the next start, which is then a third quicker; no more than code is in it. Only in a folder that nobody
// else can write to, for whoever can would have his own code run in here: Node's usual place for it, below /tmp, is not that.
function keepCompiled() {
	const fs = process.getBuiltinModule('node:fs');
	const {XDG_CACHE_HOME, HOME} = process.env;
	const base = XDG_CACHE_HOME?.startsWith('/') ? XDG_CACHE_HOME : HOME?.startsWith('/') ? `${HOME}/.cache` : undefined;
	if (base === undefined || process.getuid === undefined) return;
	const folder = `${base}/okx-keys`;
	try {
		fs.mkdirSync(folder, {recursive: true, mode: 0o700});
		const {uid, mode} = fs.lstatSync(folder);
		if (uid === process.getuid() && (mode & 0o170077) === 0o040000) process.getBuiltinModule('node:module').enableCompileCache(folder);
	} catch {
		// Then it starts as it did the first time.
	}
}
