// Loaded before a child program: makes calls of the file system fail, or kills the program at one of them, as
// FAULT=call:what,… says. It stands for a disk that fails at the worst moment.
import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';

const faults = {
	/** The disk takes only a part of a large text, without a word. */
	short: (original, where, text, ...rest) =>
		original(where, typeof text === 'string' ? text.slice(0, 1000) : text, ...rest),
	/** Fails for folders, as when the disk went away after the file was written. */
	folderEIO(original, descriptor) {
		if (fs.fstatSync(descriptor).isDirectory()) fail('EIO');
		original(descriptor);
	},
	kill: () => process.kill(process.pid, 'SIGKILL'),
	killAfter(original, ...given) {
		original(...given);
		process.kill(process.pid, 'SIGKILL');
	},
};

function fail(code) {
	throw Object.assign(new Error(code), {code});
}

// Not before the vault is being saved: the lock file is the first thing that a save makes.
let saving = false;
const take = fs.writeFileSync;
fs.writeFileSync = (path, ...rest) => {
	if (String(path).endsWith('.lock')) saving = true;
	return take(path, ...rest);
};

for (const [call, what] of (process.env.FAULT ?? '')
	.split(',')
	.filter(Boolean)
	.map(fault => fault.split(':'))) {
	const original = fs[call];
	const fault = faults[what] ?? (() => fail(what));
	// What the child says goes to descriptor 1.
	fs[call] = (...given) => (saving && given[0] !== 1 ? fault(original, ...given) : original(...given));
}

syncBuiltinESMExports();
