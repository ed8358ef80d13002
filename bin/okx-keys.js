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
	await import('../dist/okx-keys.js');
}
