// Opens a vault as source/vault/FORMAT.md describes it, with none of the program's code:
//   node decrypt.mjs vault.json passphrase < passphrase.txt
//   node decrypt.mjs vault.json recovery < recovery-key.txt
//   node decrypt.mjs vault.json keyfile < key-file
//   node decrypt.mjs vault.json ssh-agent < id_ed25519.pem   (an Ed25519 or RSA key as PKCS #8, in the agent's place)
import {
	argon2Sync,
	createDecipheriv,
	createHash,
	createHmac,
	createPrivateKey,
	hkdfSync,
	sign,
	timingSafeEqual,
} from 'node:crypto';
import {readFileSync, writeSync} from 'node:fs';

function refuseUnless(right, why) {
	if (!right) throw new Error(why);
}

function bytes(text) {
	const decoded = Buffer.from(text, 'base64');
	refuseUnless(decoded.toString('base64') === text, 'The base64 is not canonical.');
	return decoded;
}

/** The one text of a file. */
const print = ({header, mac, ciphertext}) =>
	`${JSON.stringify({format: 'okx-keys-vault', version: 1, header, mac, ciphertext}, undefined, '\t')}\n`;

const hkdf = (key, salt, info, length) => Buffer.from(hkdfSync('sha256', key, salt, info, length));

function gcm(key, nonce, sealed, associated) {
	const decipher = createDecipheriv('aes-256-gcm', key, nonce, {authTagLength: 16})
		.setAAD(associated)
		.setAuthTag(sealed.subarray(-16));
	return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

function recoveryKey(text) {
	const letters = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
	const bits = Array.from(letters, letter =>
		'0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter).toString(2).padStart(5, '0'),
	).join('');
	return checked('recovery', Buffer.from(bits.match(/.{8}/g).map(byte => Number.parseInt(byte, 2))));
}

/** 32 bytes, after the last 3 have proved to be their checksum. */
function checked(what, key) {
	const sum = createHash('sha256').update(`okx-keys/v1 ${what} checksum`).update(key.subarray(0, 32)).digest();
	refuseUnless(key.subarray(32).equals(sum.subarray(0, 3)), 'It is mistyped.');
	return key.subarray(0, 32);
}

/** Strings as SSH writes them (RFC 4251 §5). */
const ssh = (...parts) =>
	Buffer.concat(
		parts.flatMap(part => [Buffer.from(Uint32Array.of(Buffer.byteLength(part)).buffer).swap32(), Buffer.from(part)]),
	);

function signature(pem, salt, vaultId) {
	const key = createPrivateKey(pem);
	const message = createHash('sha512').update('okx-keys/v1 ssh slot').update(salt).update(vaultId).digest();
	const data = Buffer.concat([Buffer.from('SSHSIG'), ssh('okx-keys-vault', '', 'sha512', message)]);
	return key.asymmetricKeyType === 'rsa'
		? ssh('rsa-sha2-512', sign('sha512', data, key))
		: ssh('ssh-ed25519', sign(null, data, key));
}

function argon2(typed, {salt, m, t, p}) {
	refuseUnless(
		m >= 19_456 && m <= 2_097_152 && t >= 2 && t <= 64 && p >= 1 && p <= 16,
		'The work it asks for is outside what is allowed.',
	);
	return argon2Sync('argon2id', {
		message: typed.normalize('NFKC'),
		nonce: bytes(salt),
		memory: m,
		passes: t,
		parallelism: p,
		tagLength: 32,
	});
}

/** The key of a slot (KEK), by its type. */
const keks = {
	passphrase: argon2,
	recovery: (typed, {salt}) => hkdf(recoveryKey(typed), bytes(salt), 'okx-keys/v1 recovery', 32),
	keyfile: (typed, {salt}) =>
		hkdf(
			checked('key file', bytes(typed.trim().replace('okx-keys-key-file-1:', ''))),
			bytes(salt),
			'okx-keys/v1 keyfile',
			32,
		),
	'ssh-agent': (typed, {salt}, vaultId) =>
		hkdf(signature(typed, bytes(salt), vaultId), bytes(salt), 'okx-keys/v1 ssh-agent', 32),
};

/** What the first slot of a type gives that opens. */
function dekOf(slots, way, typed, vaultId) {
	for (const {id, type, kdf, nonce, wrapped} of slots.filter(({type}) => type === way)) {
		try {
			return gcm(
				keks[way](typed, kdf, vaultId),
				bytes(nonce),
				bytes(wrapped),
				Buffer.from(JSON.stringify(['okx-keys-vault', 1, vaultId, id, type, kdf])),
			);
		} catch {}
	}

	throw new Error('No slot opens with this.');
}

/** The body of a vault as bytes of JSON. Throws when anything does not belong together. */
export function decrypt(text, way, typed) {
	const file = JSON.parse(text);
	refuseUnless(print(file) === text, 'The text is altered.');
	const headerBytes = bytes(file.header);
	const {vaultId, salt, slots} = JSON.parse(headerBytes);
	const keys = hkdf(dekOf(slots, way, typed, vaultId), bytes(salt), 'okx-keys/v1', 76);
	refuseUnless(
		timingSafeEqual(createHmac('sha256', keys.subarray(32, 64)).update(headerBytes).digest(), bytes(file.mac)),
		'The header is altered.',
	);
	const padded = gcm(keys.subarray(0, 32), keys.subarray(64), bytes(file.ciphertext), headerBytes);
	refuseUnless(padded.length >= 4 && 4 + padded.readUInt32BE() <= padded.length, 'The body is altered.');
	return padded.subarray(4, 4 + padded.readUInt32BE());
}

if (import.meta.main) {
	const [, , path, way] = process.argv;
	writeSync(1, decrypt(readFileSync(path, 'utf8'), way, readFileSync(0, 'utf8').replace(/\r?\n$/, '')));
}
