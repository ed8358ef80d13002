import {Secret} from '../core/secret.ts';
import {writeNewFile} from '../vault/store/new-file.ts';
import {readPrivateFile} from './private-file.ts';

/**
 * The text of a key file, which must belong to its reader alone, or to root, as the credentials of a systemd service
 * do. Throws `key-file`. Whether it is a key file at all, `unlock` says.
 */
export function readKeyFile(path: string, uid: number): Secret {
	return new Secret(readPrivateFile(path, uid, 'key-file'));
}

/**
 * Writes a key file of mode 0600 where nothing was before, and returns once it is on the disk. Throws `file-exists`
 * or `file-not-written`.
 */
export function writeKeyFile(path: string, content: Secret): void {
	const bytes = Buffer.from(content.reveal());
	try {
		writeNewFile(path, bytes);
	} finally {
		bytes.fill(0);
	}
}
