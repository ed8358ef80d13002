// Loaded before a child program: makes one call of the file system fail, or kills the program just before it, as
// FAULT=call:what says. It stands for a disk that fails at the worst moment.
import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';

const [call, what] = (process.env.FAULT ?? '').split(':');
const original = fs[call];

const faults = {
	/** The disk takes only a part of a large text, without a word. */
	short: (descriptor, text, ...rest) => original(descriptor, text.length > 1000 ? text.slice(0, 1000) : text, ...rest),
	/** Fails for folders, as when the disk went away after the file was written. */
	folderEIO(descriptor) {
		if (fs.fstatSync(descriptor).isDirectory()) fail('EIO');
		original(descriptor);
	},
	kill: () => process.kill(process.pid, 'SIGKILL'),
	/** Killed after the call. */
	killAfter(...given) {
		original(...given);
		process.kill(process.pid, 'SIGKILL');
	},
};

function fail(code) {
	throw Object.assign(new Error(code), {code});
}

if (call) {
	// Not before the vault is being saved: the lock file is the first thing that a save makes.
	let saving = false;
	const take = fs.writeFileSync;
	fs.writeFileSync = (path, ...rest) => {
		if (String(path).endsWith('.lock')) saving = true;
		return take(path, ...rest);
	};
	// What the child says goes to descriptor 1.
	fs[call] = (...given) => saving && given[0] !== 1 ? (faults[what] ?? (() => fail(what)))(...given) : original(...given);
	syncBuiltinESMExports();
}
