import {statfsSync, watch} from 'node:fs';
import {basename, dirname} from 'node:path';

/**
 * The file systems of Linux for which the kernel tells every change, by the numbers of statfs(2): of others, such as
 * those of a network, it tells only the changes of this machine.
 */
const localTypes: ReadonlySet<number> = new Set([
	0xef53, // ext2 to ext4
	0x58465342, // xfs
	0x9123683e, // btrfs
	0xf2f52010, // f2fs
	0x2fc12fc1, // zfs
	0xca451a4e, // bcachefs
	0x01021994, // tmpfs
	0x794c7630, // overlayfs
]);

/**
 * Calls `onChange` when a file may have changed, been replaced or gone, and `onLost`, once and for the last time, when
 * nothing more will be told. Returns the function that ends this; undefined where changes are not told.
 */
export function watchFile(path: string, onChange: () => void, onLost: () => void): (() => void) | undefined {
	const folder = dirname(path);
	try {
		if (!localTypes.has(statfsSync(folder).type)) return undefined;
		const watcher = watch(folder, {persistent: false});
		const lose = () => {
			watcher.close();
			onLost();
		};
		watcher.on('error', lose).on('change', (kind, name) => {
			// The folder itself was moved or removed: what is there now is another one.
			if (kind === 'rename' && name === basename(folder)) lose();
			else if (name === null || name === basename(path)) onChange();
		});
		return () => {
			watcher.close();
		};
	} catch {
		return undefined;
	}
}
