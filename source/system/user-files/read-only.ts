import fs from 'node:fs';

/** The secrets of containers lie on such mounts. Linux only; false elsewhere, and where /proc does not tell. */
export function isOnReadOnlyMount(descriptor: number): boolean {
	try {
		const id = /^mnt_id:\s*(\d+)$/m.exec(fs.readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'))?.[1];
		const mounts = fs
			.readFileSync('/proc/self/mountinfo', 'latin1')
			.split('\n')
			.map(line => line.split(' '));
		const mount = mounts.find(([mountId]) => mountId === id);
		// Sixth the options of the mount, last those of its file system.
		return mount !== undefined && [mount[5], mount.at(-1)].some(options => options?.split(',').includes('ro') === true);
	} catch {
		return false;
	}
}
