// Loaded before a child program: makes calls of the file system fail, or kills the program at one of them, as
// FAULT=call:what,… says. It stands for a disk that fails at the worst moment.
import fs from 'node:fs';
import {syncBuiltinESMExports} from 'node:module';

const faults = {
	/** Once, the disk takes only a part of what is large, without a word. */
	short(original, where, content, ...rest) {
		if (isShort || content.length <= 1000) return original(where, content, ...rest);
		isShort = true;
		const part = content.slice(0, 1000);
		// Of bytes, it is told from where and how many to take.
		if (typeof rest[1] === 'number') rest[1] = Math.min(rest[1], part.length);
		return original(where, part, ...rest);
	},
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

let isShort = false;

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
