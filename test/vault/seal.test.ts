import {randomBytes} from 'node:crypto';
import fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import type {AppError} from '../../source/core/errors.ts';
import {decodeContent} from '../../source/vault/format/content.ts';
import {encodeContent} from '../../source/vault/format/encode.ts';
import {newEnvelope, parseEnvelope} from '../../source/vault/format/envelope.ts';
import type {VaultHeader} from '../../source/vault/format/header.ts';
import {printRecoveryKey} from '../../source/vault/slots/recovery-key.ts';
import {openSealed, parseSealed, seal} from '../../source/vault/format/seal.ts';
import {defaultCost, newSlot, openSlots} from '../../source/vault/slots/slots.ts';
import {storedKey} from '../helpers/keys.ts';
import {alterEverywhere} from '../torture/flips.ts';
import {failureOf, kdf} from './world.ts';

const dek = randomBytes(32);
const vaultId = randomBytes(16).toString('base64');
let recoveryKey: Secret;
let header: Pick<VaultHeader, 'vaultId' | 'rev' | 'slots'>;

beforeAll(async () => {
	const target = {dek, vaultId, cost: kdf, random: randomBytes};
	const {slot} = await newSlot({type: 'passphrase', passphrase: new Secret('sesame')}, target);
	const recovery = await newSlot({type: 'recovery'}, target);
	recoveryKey = recovery.recoveryKey!;
	header = {vaultId, rev: 1, slots: [slot, recovery.slot]};
});

function sealed(content: Uint8Array): Buffer {
	return seal(content, dek, header, randomBytes);
}

function opened(bytes: Buffer): Buffer {
	return openSealed(parseSealed(bytes, 'vault.json'), dek, 'vault.json');
}

function envelope({ciphertext, ...rest}: Record<'header' | 'mac' | 'ciphertext', string>): Buffer {
	const made = newEnvelope(rest, ciphertext.length);
	made.ciphertext.write(ciphertext);
	return made.bytes;
}

/** The code that a file is refused with, or `accepted`. */
function verdict(bytes: Buffer): string {
	try {
		opened(bytes);
		return 'accepted';
	} catch (error) {
		return (error as AppError).code;
	}
}

describe('a sealed file', () => {
	it('opens to what was sealed, for any bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({maxLength: 20_000, size: 'max'}), content => {
				expect(opened(sealed(content))).toEqual(Buffer.from(content));
			}),
		);
	});

	it('opens to what was sealed where that ends at, before or after a piece that is sealed at once', () => {
		for (const blocks of [1, 2])
			for (const more of [-5, -4, -3, -1, 0, 1, 4092]) {
				const content = randomBytes(blocks * 48 * 1024 + more);
				expect(opened(sealed(content)).equals(content), `${blocks} ${more}`).toBe(true);
			}
	});

	it('has no bit that can change unnoticed, and no length but its own', () => {
		const {refused, accepted} = alterEverywhere(sealed(Buffer.from('{"keys":[]}')), dek);
		expect(accepted).toEqual([]);
		expect(Object.keys(refused).toSorted()).toEqual(['not-a-vault', 'vault-damaged', 'vault-newer']);
	});

	it('is refused when anything is added to it', () => {
		const bytes = sealed(Buffer.from('{"keys":[]}'));
		for (const more of [' ', '\n', '\0', '{}'])
			expect(verdict(Buffer.concat([bytes, Buffer.from(more)]))).toBe('vault-damaged');
		expect(verdict(Buffer.concat([Buffer.from('\uFEFF'), bytes]))).toBe('not-a-vault');
	});

	it('has one spelling: other white space, order or a doubled member are refused', () => {
		const bytes = sealed(Buffer.from('{}'));
		const {format, version, header, mac, ciphertext} = JSON.parse(bytes.toString()) as Record<string, unknown>;
		expect(verdict(Buffer.from(JSON.stringify({format, version, header, mac, ciphertext})))).toBe('vault-damaged');
		expect(
			verdict(Buffer.from(`${JSON.stringify({format, version, mac, header, ciphertext}, undefined, '\t')}\n`)),
		).toBe('vault-damaged');
		expect(
			verdict(Buffer.from(`${JSON.stringify({format, version, header, mac, ciphertext, more: 1}, undefined, '\t')}\n`)),
		).toBe('vault-damaged');
		expect(verdict(Buffer.from(bytes.toString().replace('"version": 1', '"version": 1.0')))).toBe('vault-damaged');
		expect(verdict(Buffer.from(bytes.toString().replace('\t"mac"', '\t"__proto__": {},\n\t"mac"')))).toBe(
			'vault-damaged',
		);
		expect(verdict(Buffer.from(bytes.toString().replace('{\n', `{\n\t"mac": ${JSON.stringify(mac)},\n`)))).toBe(
			'vault-damaged',
		);
		expect(verdict(bytes)).toBe('accepted');
	});

	it('has one spelling of its header, which is refused before a passphrase is tried on it', () => {
		const {header, mac, ciphertext} = JSON.parse(sealed(Buffer.from('{}')).toString()) as Record<
			'header' | 'mac' | 'ciphertext',
			string
		>;
		const text = Buffer.from(header, 'base64').toString();
		const reading = (header: string) => () =>
			parseSealed(envelope({header: Buffer.from(header).toString('base64'), mac, ciphertext}), '');
		expect(reading(text)).not.toThrow();
		for (const other of [
			` ${text}`,
			text.replace('"rev":1', '"rev":1.0'),
			text.replace('"rev":1', '"rev":2,"rev":1'),
			text.replace('"rev":1', '"rev":0'),
			text.replace('"rev":1', '"rev":1,"more":1'),
			'[]',
			'null',
			'',
		]) {
			expect(reading(other), other.slice(0, 40)).toThrow('its header is altered');
		}
	});

	it('is read member by member as it is printed, for any base64, and is refused when a quote is missing', () => {
		const base64 = fc.uint8Array({maxLength: 100}).map(bytes => Buffer.from(bytes).toString('base64'));
		fc.assert(
			fc.property(base64, base64, base64, (header, mac, ciphertext) => {
				const bytes = envelope({header, mac, ciphertext});
				const parsed = parseEnvelope(bytes, '');
				expect({...parsed, ciphertext: Buffer.from(parsed.ciphertext).toString()}).toMatchObject({
					header,
					mac,
					ciphertext,
				});
				for (let at = bytes.indexOf('"'); at !== -1; at = bytes.indexOf('"', at + 1))
					expect(() => parseEnvelope(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]), '')).toThrow();
			}),
		);
	});

	it('does not show how many keys it holds, up to steps of 4 KiB', () => {
		const length = sealed(Buffer.alloc(0)).length;
		expect(sealed(Buffer.alloc(1)).length).toBe(length);
		expect(sealed(Buffer.alloc(4092)).length).toBe(length);
		expect(sealed(Buffer.alloc(4093)).length).toBeGreaterThan(length + 4096);
	});

	it('is sealed with other keys each time, so that two saves of one content share nothing', () => {
		const content = Buffer.from('the same');
		const [first, second] = [parseSealed(sealed(content), ''), parseSealed(sealed(content), '')];
		expect(first.header.salt).not.toBe(second.header.salt);
		expect(first.mac).not.toBe(second.mac);
		expect(first.ciphertext.subarray(0, 64)).not.toEqual(second.ciphertext.subarray(0, 64));
	});

	it('with another key is damaged, not garbage', () => {
		expect(() => openSealed(parseSealed(sealed(Buffer.from('{}')), ''), randomBytes(32), '')).toThrow(
			'its header is altered',
		);
	});
});

describe('a slot', () => {
	it('gives the key to its passphrase and to no other', async () => {
		expect(await openSlots(header, {passphrase: new Secret('sesame')})).toEqual({dek, slotId: header.slots[0]!.id});
		expect(await failureOf(openSlots(header, {passphrase: new Secret('Sesame')}))).toMatchObject({
			code: 'wrong-passphrase',
		});
	});

	it('gives the key to its recovery key and to no other', async () => {
		expect(await openSlots(header, {recoveryKey})).toEqual({dek, slotId: header.slots[1]!.id});
		expect(await failureOf(openSlots(header, {recoveryKey: printRecoveryKey(randomBytes(32))}))).toMatchObject({
			code: 'wrong-recovery-key',
		});
	});

	it('opens in its own vault and under its own id only', async () => {
		const passphrase = new Secret('sesame');
		expect(
			await failureOf(openSlots({...header, vaultId: randomBytes(16).toString('base64')}, {passphrase})),
		).toMatchObject({code: 'wrong-passphrase'});
		expect(
			await failureOf(
				openSlots({...header, slots: [{...header.slots[0]!, id: randomBytes(8).toString('base64')}]}, {passphrase}),
			),
		).toMatchObject({code: 'wrong-passphrase'});
	});

	it('asks for 128 MiB, and for 64 MiB where memory is short', () => {
		expect(defaultCost(4 * 2 ** 30)).toEqual({m: 128 * 1024, t: 3, p: 1});
		expect(defaultCost(300 * 2 ** 20)).toEqual({m: 64 * 1024, t: 3, p: 1});
	});
});

describe('the content', () => {
	const text = fc.string({unit: 'binary'});

	it('comes back with its secrets, for any texts', () => {
		const keys = fc.array(
			fc.record({id: text, name: text, description: text, tags: fc.array(text), secretKey: text, passphrase: text}),
		);
		fc.assert(
			fc.property(keys, fc.jsonValue(), (wanted, sandbox) => {
				const content = {
					keys: wanted.map(({secretKey, passphrase, ...rest}) =>
						storedKey({
							...rest,
							credential: {apiKey: rest.id, secretKey: new Secret(secretKey), passphrase: new Secret(passphrase)},
						}),
					),
					sandbox,
				};
				const decoded = decodeContent(encodeContent(content, '', Number.POSITIVE_INFINITY).bytes, '');
				expect(
					decoded.keys.map(({credential}) => [credential.secretKey.reveal(), credential.passphrase.reveal()]),
				).toEqual(wanted.map(({secretKey, passphrase}) => [secretKey, passphrase]));
				expect(JSON.stringify(decoded)).toBe(JSON.stringify(content));
			}),
		);
	});

	it.each(['', 'null', '[]', '{}', '{"keys":{}}', '{"keys":[null]}', '{"keys":[{"id":"SECRET"}]}', '{"keys":[SECRET'])(
		'that is not one (%s) is damage, and is not quoted',
		text => {
			expect(() => decodeContent(Buffer.from(text), 'vault.json')).toThrow(
				/^The vault vault\.json is damaged: (?!.*SECRET)/,
			);
		},
	);
});
