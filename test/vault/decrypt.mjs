// Opens a vault as source/vault/FORMAT.md describes it, with none of the program's code:
//   node decrypt.mjs vault.json passphrase < passphrase.txt
//   node decrypt.mjs vault.json recovery < recovery-key.txt
import {argon2Sync, createDecipheriv, createHmac, hkdfSync, timingSafeEqual} from 'node:crypto';
import {readFileSync, writeSync} from 'node:fs';

const [, , path, way] = process.argv;
const typed = readFileSync(0, 'utf8').replace(/\r?\n$/, '');
const bytes = text => Buffer.from(text, 'base64');
const hkdf = (key, salt, info, length) => Buffer.from(hkdfSync('sha256', key, salt, info, length));

function gcm(key, nonce, sealed, associated) {
	const decipher = createDecipheriv('aes-256-gcm', key, nonce, {authTagLength: 16}).setAAD(associated).setAuthTag(sealed.subarray(-16));
	return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

function recoveryKey(text) {
	const letters = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
	const bits = Array.from(letters, letter => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter).toString(2).padStart(5, '0')).join('');
	return Buffer.from(bits.match(/.{8}/g).map(byte => Number.parseInt(byte, 2))).subarray(0, 32);
}

const file = JSON.parse(readFileSync(path, 'utf8'));
const headerBytes = bytes(file.header);
const {format, version, vaultId, salt, slots} = JSON.parse(headerBytes);
const {id, type, kdf, nonce, wrapped} = slots.find(slot => slot.type === way);
const kek = way === 'recovery'
	? hkdf(recoveryKey(typed), bytes(kdf.salt), 'okx-keys/v1 recovery', 32)
	: argon2Sync('argon2id', {message: typed.normalize('NFKC'), nonce: bytes(kdf.salt), memory: kdf.m, passes: kdf.t, parallelism: kdf.p, tagLength: 32});
const dek = gcm(kek, bytes(nonce), bytes(wrapped), Buffer.from(JSON.stringify([format, version, vaultId, id, type, kdf])));
const keys = hkdf(dek, bytes(salt), 'okx-keys/v1', 76);
if (!timingSafeEqual(createHmac('sha256', keys.subarray(32, 64)).update(headerBytes).digest(), bytes(file.mac))) throw new Error('The header is altered.');
const padded = gcm(keys.subarray(0, 32), keys.subarray(64), bytes(file.ciphertext), headerBytes);
writeSync(1, padded.subarray(4, 4 + padded.readUInt32BE()));
