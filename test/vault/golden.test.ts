import {execFileSync} from 'node:child_process';
import {copyFileSync, chmodSync} from 'node:fs';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {encodeContent} from '../../source/vault/format/encode.ts';
import {openable, temporaryFolder} from './world.ts';

const golden = join(import.meta.dirname, 'fixtures/golden.json');
/** Accents apart from their letters, and a ligature: the vault was made with one accent the other way. */
const passphrase = 'A\u{30A}ngstro\u{308}m \u{FB01}ne 1';
const recoveryKey = 'AE13-AH84-YC09-MZDB-XBKF-6JPW-ZQZ4-K392-NPQ2-BVPE-XF3N-ER0K-24TT-32QH';

const key = {
	id: 'k1',
	name: 'grid',
	description: 'Made up\nfor the tests',
	type: 'api',
	environment: 'demo',
	site: 'global',
	account: {kind: 'sub', uid: '7300000000000001', subAccount: 'bots01'},
	label: 'grid',
	permissions: ['read', 'trade'],
	ip: ['203.0.113.7', '2001:db8::/32'],
	credential: {
		apiKey: '00000000-1111-2222-3333-444444444444',
		secretKey: 'MADEUPSECRETMADEUPSECRET00000001',
		passphrase: 'Made-Up-Pass-1',
	},
	status: 'active',
	tags: ['grid', 'ключ'],
	createdAt: 1_767_225_600_000,
	updatedAt: 1_767_225_600_000,
	lastUsedAt: null,
	lastTest: null,
	trashedAt: null,
};
const content = {
	keys: [key, {...key, id: 'k2', name: 'späher', label: 'späher', fromTheFuture: {a: [1, null]}}],
	sandbox: {nonce: 7},
};

/** The golden file with the mode that a vault must have; git keeps none. */
function goldenCopy(): string {
	const path = join(temporaryFolder(), 'vault.json');
	copyFileSync(golden, path);
	chmodSync(path, 0o600);
	return path;
}

it.each([
	['its passphrase', {passphrase: new Secret(passphrase.normalize('NFKC'))}],
	['its passphrase, however its letters are composed', {passphrase: new Secret(passphrase)}],
	['its recovery key', {recoveryKey: new Secret(recoveryKey)}],
])('a vault of format 1 opens for ever with %s', async (_, opener) => {
	const vault = openable(goldenCopy());
	await vault.unlock(opener);
	expect(JSON.parse(encodeContent(vault.read(), '', Number.POSITIVE_INFINITY).bytes.toString())).toEqual(content);
});

it.each([
	['passphrase', passphrase],
	['recovery', recoveryKey.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')],
])('a script that shares no code with the program opens it by FORMAT.md, with the %s', (way, typed) => {
	const decrypted = execFileSync(process.execPath, [join(import.meta.dirname, 'decrypt.mjs'), golden, way], {
		input: `${typed}\n`,
		encoding: 'utf8',
	});
	expect(JSON.parse(decrypted)).toEqual(content);
});

it('a member that a newer program has added to a key survives a change made here', async () => {
	const vault = openable(goldenCopy());
	await vault.unlock({recoveryKey: new Secret(recoveryKey)});
	await vault.change(({keys, ...rest}) => ({...rest, keys: keys.map(key => ({...key, name: `${key.name}2`}))}));
	vault.lock();
	await vault.unlock({recoveryKey: new Secret(recoveryKey)});
	expect(vault.read().keys[1]).toMatchObject({name: 'späher2', fromTheFuture: {a: [1, null]}});
	expect(vault.read().sandbox).toEqual({nonce: 7});
});
