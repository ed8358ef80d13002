import {armor, Encrypter, generateX25519Identity, identityToRecipient} from 'age-encryption';
import {beforeAll, describe, expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {ageFile, sealFor, type AgeOpener} from '../../source/formats/age.ts';
import {failureOf} from '../vault/world.ts';

const content = Buffer.from('[{"name": "键🔑"}]\n');

const canary = 'CANARY';

let identity: string;

let recipient: string;

beforeAll(async () => {
	identity = await generateX25519Identity();
	recipient = await identityToRecipient(identity);
});

async function open(
	bytes: Uint8Array,
	opener: AgeOpener = {identities: [new Secret(identity)]},
): Promise<Buffer | undefined> {
	const file = await ageFile(Buffer.from(bytes), 'keys.age');
	return file?.open(opener);
}

/** As age makes it, with a work factor that costs the test nothing. */
async function withPassphrase(passphrase: string, workFactor = 8): Promise<Buffer> {
	const encrypter = new Encrypter();
	encrypter.setPassphrase(passphrase);
	encrypter.setScryptWorkFactor(workFactor);
	return Buffer.from(await encrypter.encrypt(content));
}

describe('what does not open is told apart', () => {
	test('a wrong passphrase', async () => {
		expect(await failureOf(open(await withPassphrase('right'), {passphrase: new Secret(canary)}))).toMatchObject({
			code: 'age-wrong-passphrase',
			exit: 'locked',
		});
	});

	test('an identity that it was not made for', async () => {
		const sealed = await (
			await sealFor({recipients: [await identityToRecipient(await generateX25519Identity())]})
		)(content, {armor: false});
		expect(await failureOf(open(sealed))).toMatchObject({code: 'age-wrong-identity', exit: 'locked'});
	});

	test('a version to come', async () => {
		expect(await failureOf(open(Buffer.from('age-encryption.org/v2\n-> X 1\n\n--- x\n')))).toMatchObject({
			code: 'age-newer',
			message: expect.stringContaining('version that this program does not know') as string,
		});
	});

	test('costly-passphrase: a header that asks for too much memory is refused before any question', async () => {
		const text = (await withPassphrase('right')).toString('latin1');
		for (const factor of ['21', '30', '63', '999999999999']) {
			expect(
				await failureOf(
					ageFile(Buffer.from(text.replace(/(-> scrypt \S+) 8\n/, `$1 ${factor}\n`), 'latin1'), 'keys.age'),
				),
			).toMatchObject({code: 'age-work-factor'});
		}
	});

	test('weakened-passphrase: a cheaper work factor than it was made with does not open it', async () => {
		const text = (await withPassphrase('right')).toString('latin1');
		expect(
			await failureOf(
				open(Buffer.from(text.replace(/(-> scrypt \S+) 8\n/, '$1 1\n'), 'latin1'), {passphrase: new Secret('right')}),
			),
		).toMatchObject({code: 'age-wrong-passphrase'});
	});

	test('second-way-in: a passphrase beside recipients, which age forbids', async () => {
		const text = (await withPassphrase('right')).toString('latin1');
		const stanza = /-> scrypt \S+ 8\n\S+\n/.exec(text)![0];
		expect(
			await failureOf(
				open(Buffer.from(text.replace(stanza, stanza + stanza), 'latin1'), {passphrase: new Secret('right')}),
			),
		).toMatchObject({code: 'age-damaged'});
	});

	test('tampered: no file with one bit changed opens, nor anything shorter than the whole', async () => {
		const sealed = Buffer.from(await (await sealFor({recipients: [recipient]}))(content, {armor: false}));
		const outcomes = new Set<string>();
		const tried = async (bytes: Buffer) => {
			outcomes.add(
				await open(bytes).then(
					opened => (opened ? 'opened' : 'not an age file'),
					(error: {readonly code: string}) => error.code,
				),
			);
		};
		for (let bit = 0; bit < sealed.length * 8; bit++) {
			const changed = Buffer.from(sealed);
			changed[bit >> 3]! ^= 1 << (bit & 7);
			await tried(changed);
		}

		for (let length = 0; length < sealed.length; length++) await tried(sealed.subarray(0, length));
		await tried(Buffer.concat([sealed, Buffer.of(0)]));
		expect([...outcomes].toSorted()).toEqual(['age-damaged', 'age-newer', 'age-wrong-identity', 'not an age file']);
	});

	test('tampered-armor: with one character changed, it is refused or holds what it held', async () => {
		const sealed = Buffer.from(await (await sealFor({recipients: [recipient]}))(content, {armor: true}));
		let refused = 0;
		for (let index = 0; index < sealed.length; index++) {
			const changed = Buffer.from(sealed);
			changed[index]! ^= 1;
			const opened = await open(changed).catch((error: unknown) => {
				expect(error).toMatchObject({name: 'AppError'});
			});
			if (opened) expect(opened).toEqual(content);
			else refused++;
		}

		expect(refused).toBeGreaterThan(sealed.length - 5);
	});

	test('a file whose end is missing', async () => {
		const binary = Buffer.from(await (await sealFor({recipients: [recipient]}))(content, {armor: false}));
		const text = Buffer.from(armor.encode(binary));
		const header = binary.indexOf('\n--- ');
		for (const part of [
			binary.subarray(0, header),
			binary.subarray(0, header + 20),
			binary.subarray(0, header + 60),
			text.subarray(0, 200),
			text.subarray(0, -5),
		]) {
			expect(await failureOf(open(part))).toMatchObject({
				code: 'age-damaged',
				message: expect.stringContaining('its end is missing') as string,
			});
		}
	});
});
