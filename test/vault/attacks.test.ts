import {chmodSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {inspect} from 'node:util';
import {describe, expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {parseSealed} from '../../source/vault/format/seal.ts';
import {storedKey} from '../helpers/keys.ts';
import {adding, failureOf, newVault, openable, opener, withHeader} from './world.ts';
import {passphrase} from './passphrase.ts';

/** What unlocking says once the file has been exchanged for `text`. */
async function unlocking(path: string, text: string | Buffer) {
	writeFileSync(path, text);
	return failureOf(openable(path).unlock(opener));
}

describe('a program that can write the file', () => {
	it('plaintext-downgrade: cannot put unencrypted keys in its place', async () => {
		const {path} = await newVault();
		expect(await unlocking(path, '{"keys":[{"id":"theirs"}]}')).toMatchObject({code: 'not-a-vault'});
		expect(await unlocking(path, '{"format":"okx-keys-vault","version":1,"keys":[]}')).toMatchObject({
			code: 'vault-damaged',
		});
	});

	it('cipher-downgrade: cannot choose another cipher or version', async () => {
		const {path} = await newVault();
		const text = readFileSync(path, 'utf8');
		for (const [member, value] of [
			['cipher', 'none'],
			['version', 2],
			['format', 'other'],
			['salt', ''],
			['more', 1],
		] as const) {
			writeFileSync(path, text);
			expect(
				await unlocking(
					path,
					withHeader(path, header => Object.assign(header, {[member]: value})),
				),
			).toMatchObject({code: 'vault-damaged'});
		}
	});

	it('kdf-weakening and kdf-bomb: cannot ask for less or more work than allowed, and none is begun', async () => {
		const {path} = await newVault();
		const text = readFileSync(path, 'utf8');
		for (const [member, value] of [
			['m', 8],
			['m', 19 * 1024 - 1],
			['m', 2 * 1024 * 1024 + 1],
			['m', 2 ** 31],
			['m', -1],
			['m', 20_000.5],
			['t', 1],
			['t', 65],
			['t', 1e9],
			['p', 0],
			['p', 17],
		] as const) {
			writeFileSync(path, text);
			const tampered = withHeader(path, header => Object.assign(header.slots[0]!.kdf, {[member]: value}));
			// Reading alone refuses it: no passphrase has been given yet that work could begin on.
			expect(() => parseSealed(Buffer.from(tampered), path), `${member}=${value}`).toThrow('the work it asks for');
			expect(await unlocking(path, tampered)).toMatchObject({code: 'vault-damaged'});
		}
	});

	it('kdf-within-bounds: cannot change the cost at all', async () => {
		const {path} = await newVault();
		expect(
			await unlocking(
				path,
				withHeader(path, header => Object.assign(header.slots[0]!.kdf, {t: 3})),
			),
		).toMatchObject({code: 'wrong-passphrase'});
	});

	it('slot-of-another-vault: cannot be opened with what opens that one', async () => {
		const [ours, theirs] = [await newVault(), await newVault()];
		const {slots: foreign} = JSON.parse(
			Buffer.from((JSON.parse(readFileSync(theirs.path, 'utf8')) as {header: string}).header, 'base64').toString(),
		) as {slots: never[]};
		expect(
			await unlocking(
				ours.path,
				withHeader(ours.path, header => {
					header.slots = foreign;
				}),
			),
		).toMatchObject({code: 'wrong-passphrase'});
	});

	it('swapped-slots, dropped-slot, doubled-slot: cannot move, take away or repeat a slot', async () => {
		const {path} = await newVault();
		const text = readFileSync(path, 'utf8');
		for (const change of [
			(slots: unknown[]) => slots.toReversed(),
			(slots: unknown[]) => slots.slice(0, 1),
			(slots: unknown[]) => [...slots, slots[1]],
			() => [],
			(slots: unknown[]) => Array.from({length: 33}, () => slots[0]),
		]) {
			writeFileSync(path, text);
			expect(
				await unlocking(
					path,
					withHeader(path, header => {
						header.slots = change(header.slots) as typeof header.slots;
					}),
				),
			).toMatchObject({code: 'vault-damaged'});
		}
	});

	it('header-of-another-save: cannot join the header of one save with the body of another', async () => {
		const {vault, path} = await newVault();
		const old = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
		await vault.change(adding('a'));
		const now = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
		const joined = (file: unknown) => `${JSON.stringify(file, undefined, '\t')}\n`;
		expect(await unlocking(path, joined({...now, header: old['header']}))).toMatchObject({
			code: 'vault-damaged',
			message: expect.stringContaining('header'),
		});
		expect(await unlocking(path, joined({...now, header: old['header'], mac: old['mac']}))).toMatchObject({
			code: 'vault-damaged',
			message: expect.stringContaining('content'),
		});
		expect(await unlocking(path, joined({...old, ciphertext: now['ciphertext']}))).toMatchObject({
			code: 'vault-damaged',
			message: expect.stringContaining('content'),
		});
		expect(await unlocking(path, joined({...now, header: old['header'], ciphertext: old['ciphertext']}))).toMatchObject(
			{code: 'vault-damaged'},
		);
	});

	it('raised-rev: cannot make an old save look new', async () => {
		const {path} = await newVault();
		expect(
			await unlocking(
				path,
				withHeader(path, header => {
					header.rev = 1000;
				}),
			),
		).toMatchObject({code: 'vault-damaged'});
	});
});

const canaries = {
	secretKey: 'CANARYSECRET0123456789ABCDEFGHIJ',
	keyPassphrase: 'Canary-Passphrase-1',
	apiKey: 'ca9a47ca-9a47-ca9a-47ca-9a47ca9a47ca',
	name: 'canaryname',
	description: 'canary description',
};
const holder = storedKey({
	id: 'canaryid',
	name: canaries.name,
	description: canaries.description,
	credential: {
		apiKey: canaries.apiKey,
		secretKey: new Secret(canaries.secretKey),
		passphrase: new Secret(canaries.keyPassphrase),
	},
});

/** A text as it is, in hex, and in base64 from each of the three places in a group that it may begin at. */
function spellingsOf(text: string): string[] {
	const base64 = ['', ' ', '  '].map(before =>
		Buffer.from(before + text)
			.toString('base64')
			.slice(4, -4),
	);
	return [text, Buffer.from(text).toString('hex')].concat(base64);
}

it('secret-in-file: neither a secret nor a name is in any file beside the vault, in any common spelling', async () => {
	const {vault, path, recoveryKey} = await newVault({keys: [holder]});
	await vault.change(content => ({...content, keys: content.keys.map(key => ({...key, tags: ['canarytag']}))}));
	const spellings = [...Object.values(canaries), 'canarytag', 'canaryid', passphrase, recoveryKey.reveal()].flatMap(
		text => spellingsOf(text),
	);
	for (const entry of readdirSync(dirname(path), {recursive: true, withFileTypes: true})) {
		if (!entry.isFile()) continue;
		const text = readFileSync(join(entry.parentPath, entry.name), 'latin1');
		// The second layer: what the members of the file hold once they are decoded.
		const decoded =
			text === ''
				? ''
				: Object.values(JSON.parse(text) as Record<string, unknown>)
						.map(member => Buffer.from(String(member), 'base64').toString('latin1'))
						.join('\n');
		for (const spelling of spellings)
			expect(text.includes(spelling) || decoded.includes(spelling), entry.name).toBe(false);
	}
});

it('inspect-prints-secret: no failure shows a secret, however it is printed', async () => {
	const {vault, path, recoveryKey} = await newVault({keys: [holder]}, {lockWaitMs: 0});
	const good = readFileSync(path);
	const secrets = [passphrase, recoveryKey.reveal(), 'a wrong passphrase', canaries.secretKey, canaries.keyPassphrase];
	const failures = [
		await failureOf(vault.create(opener.passphrase, {keys: [holder]})),
		await failureOf(openable(path).unlock({passphrase: new Secret('a wrong passphrase')})),
		await failureOf(openable(path).unlock({recoveryKey: new Secret(recoveryKey.reveal().replace(/^./, '$'))})),
		await failureOf(vault.change(content => ({...content, keys: [{...holder, tags: undefined as never}]}))),
	];
	for (const text of [
		Buffer.alloc(0),
		Buffer.from(canaries.secretKey),
		good.subarray(0, -5),
		Buffer.from(JSON.stringify({keys: [canaries]})),
	]) {
		writeFileSync(path, text);
		failures.push(await failureOf(vault.change(adding('a'))), await failureOf(openable(path).unlock(opener)));
	}

	writeFileSync(path, good);
	chmodSync(path, 0o644);
	failures.push(await failureOf(vault.change(adding('a'))));
	for (const failure of failures) {
		const printed = [
			inspect(failure, {depth: null, showHidden: true}),
			JSON.stringify(failure),
			String(failure),
			failure.stack ?? '',
			failure.hint ?? '',
		].join('\n');
		for (const secret of secrets) expect(printed, failure.code).not.toContain(secret);
	}

	expect(failures.length).toBe(13);
});

it('inspect-prints-secret: neither does the vault itself, open', async () => {
	const {vault} = await newVault({keys: [holder]});
	const printed =
		inspect([vault, vault.read()], {depth: null, showHidden: true}) + JSON.stringify([vault, vault.read()]);
	for (const secret of [passphrase, canaries.secretKey, canaries.keyPassphrase]) expect(printed).not.toContain(secret);
});
