import {createCipheriv, createDecipheriv, randomBytes} from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

const [nonceSize, tagSize] = [12, 16];

/**
 * Content that is kept encrypted by Node's primitives alone: `read` reads, decrypts and parses it, `replace` writes it
 * so that neither a crash nor a power cut leaves half of it.
 */
export async function createSealedFile(file, content) {
	const key = randomBytes(32);

	async function replace(newContent) {
		const nonce = randomBytes(nonceSize);
		const cipher = createCipheriv('aes-256-gcm', key, nonce);
		const sealed = Buffer.concat([nonce, cipher.update(JSON.stringify(newContent)), cipher.final()]);
		const temporary = `${file}.new`;
		const written = await fs.open(temporary, 'w', 0o600);
		await written.writeFile(Buffer.concat([sealed, cipher.getAuthTag()]));
		await written.sync();
		await written.close();
		await fs.rename(temporary, file);
		const folder = await fs.open(path.dirname(file), 'r');
		await folder.sync();
		await folder.close();
	}

	await replace(content);
	return {
		async read() {
			const bytes = await fs.readFile(file);
			const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceSize));
			decipher.setAuthTag(bytes.subarray(-tagSize));
			const sealed = bytes.subarray(nonceSize, -tagSize);
			return JSON.parse(Buffer.concat([decipher.update(sealed), decipher.final()]).toString());
		},
		replace,
	};
}
