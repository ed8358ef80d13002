import {Secret} from '../../core/secret.ts';
import {writeNewFile} from '../../vault/store/new-file.ts';
import {readPrivateFile} from './private-file.ts';

/** As `readPrivateFile`; throws `key-file`. `unlock` checks whether the text is a key file at all. */
export function readKeyFile(path: string, uid: number): Secret {
	return new Secret(readPrivateFile(path, uid, 'key-file'));
}

/** Writes a new file of mode 0600, and returns once it is on the disk. Throws `file-exists` or `file-not-written`. */
export function writeKeyFile(path: string, content: Secret): void {
	const bytes = Buffer.from(content.reveal());
	try {
		writeNewFile(path, bytes);
	} finally {
		bytes.fill(0);
	}
}
