import {execFileSync, spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {inspect} from 'node:util';
import {armor, Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient} from 'age-encryption';
import {beforeAll, describe, expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {ageFile, identitiesIn, sealFor, type AgeOpener} from '../../source/formats/age.ts';
import {failureOf, temporaryFolder} from '../vault/world.ts';

const hasAge = spawnSync('age', ['--version']).status === 0;
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

describe('an age file', () => {
	test.each([{armor: false}, {armor: true}])(
		'opens with the identity of each of its recipients (%o)',
		async options => {
			const other = await generateX25519Identity();
			const seal = await sealFor({recipients: [recipient, await identityToRecipient(other)]});
			const sealed = await seal(content, options);
			expect(Buffer.from(sealed).toString('latin1').startsWith('-----BEGIN AGE ENCRYPTED FILE-----\n')).toBe(
				options.armor,
			);
			expect(await open(sealed)).toEqual(content);
			expect(await open(sealed, {identities: [new Secret(await generateX25519Identity()), new Secret(other)]})).toEqual(
				content,
			);
		},
	);

	test('opens with its passphrase, which it makes as costly as age does', async () => {
		const sealed = await (await sealFor({passphrase: new Secret('eight words are plenty')}))(content, {armor: false});
		expect(Buffer.from(sealed).toString('latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S+ 18\n/);
		expect((await ageFile(Buffer.from(sealed), 'keys.age'))?.sealedFor).toBe('passphrase');
		expect(await open(sealed, {passphrase: new Secret('eight words are plenty')})).toEqual(content);
	});

	test('may be for post-quantum recipients, but not for others beside them', async () => {
		const hybrid = await generateHybridIdentity();
		const hybridRecipient = await identityToRecipient(hybrid);
		const sealed = await (await sealFor({recipients: [hybridRecipient]}))(content, {armor: true});
		expect(await open(sealed, {identities: [new Secret(identity), new Secret(hybrid)]})).toEqual(content);
		expect(await failureOf(sealFor({recipients: [hybridRecipient, recipient]}))).toMatchObject({
			code: 'age-recipient',
			message: expect.stringContaining('cannot be mixed') as string,
		});
	});

	test('may be as long as an import takes: 2 MiB in many pieces', async () => {
		const long = randomBytes(2 * 1024 * 1024);
		const sealed = await (await sealFor({recipients: [recipient]}))(long, {armor: true});
		expect((await open(sealed))?.equals(long)).toBe(true);
	});

	test('is told by its first line; anything else is none', async () => {
		for (const other of [
			'',
			'[]',
			'{"format":"okx-keys-vault"}',
			'age',
			'-----BEGIN PGP MESSAGE-----\n',
			'\u0000\u00FF',
		])
			expect(await ageFile(Buffer.from(other, 'latin1'), 'x')).toBe(undefined);
	});

	test('pasted with space around it and the line ends of Windows opens all the same', async () => {
		const sealed = Buffer.from(await (await sealFor({recipients: [recipient]}))(content, {armor: true})).toString();
		expect(await open(Buffer.from(`\n  ${sealed.replaceAll('\n', '\r\n')}\r\n\n`))).toEqual(content);
	});
});

describe('an armored age file that a mail program or a shell of Windows has handled', () => {
	const mark = '\u{FEFF}';
	const quote = (text: string) => text.replaceAll(/^/gm, '> ');
	const quotedPrintable = (text: string) => text.replaceAll('=', '=3D').replaceAll(/^(.{40})(?=.)/gm, '$1=\r\n');
	const reflowed = (text: string) =>
		text.replaceAll(/(?<=[^-]{20})\n(?=[^-])/g, '').replaceAll(/([^\n -]{30})/g, '$1\n');

	test.each<[string, boolean, (armored: string) => Buffer]>([
		['a byte-order mark and CRLF', false, text => Buffer.from(mark + text.replaceAll('\n', '\r\n'))],
		['UTF-16', false, text => Buffer.from(mark + text, 'utf16le')],
		['UTF-16 without a mark', false, text => Buffer.from(text, 'utf16le')],
		['the line ends of an old Mac', false, text => Buffer.from(text.replaceAll('\n', '\r'))],
		['a greeting and a signature', true, text => Buffer.from(`Grüße,\n\nhere they are:\n\n${text}\n-- \nme\n`)],
		['words in another encoding', true, text => Buffer.from(`Grüße\n${text}`, 'latin1')],
		['quoting', false, text => Buffer.from(quote(quote(text)))],
		['an indent', false, text => Buffer.from(text.replaceAll(/^/gm, '    '))],
		['quoted-printable', false, text => Buffer.from(quotedPrintable(text))],
		['other line lengths', false, text => Buffer.from(reflowed(text))],
		['its lines joined to one', false, text => Buffer.from(text.replaceAll('\n', ' '))],
		['its lines as a JSON string has them', true, text => Buffer.from(JSON.stringify({file: text}))],
	])('armor-by-mail: opens all the same: %s', async (_, isSurrounded, handled) => {
		const sealed = handled(
			Buffer.from(await (await sealFor({recipients: [recipient]}))(content, {armor: true})).toString(),
		);
		const file = await ageFile(sealed, 'keys.age');
		expect(file?.isSurrounded).toBe(isSurrounded);
		expect(await file!.open({identities: [new Secret(identity)]})).toEqual(content);
	});

	test.each<[string, string, (armored: string) => string]>([
		['its end is missing', 'a greeting and no end', text => `Hello\n${text.slice(0, -40)}`],
		[
			'its first line is not as it was written',
			'dashes that were made pretty',
			text => text.replace('-----BEGIN', '—–BEGIN'),
		],
		['there are several in one text', 'two of them', text => text + text],
		['it was encoded once more, as base64', 'base64 around it', text => Buffer.from(text).toString('base64')],
		[
			'a line of it is not as it was written',
			'words inside it',
			text => text.replace('\n-----END', '\n(cut here)\n-----END'),
		],
	])('is named as an age file where that cannot be undone: %s', async (problem, _, handled) => {
		const text = handled(
			Buffer.from(await (await sealFor({recipients: [recipient]}))(content, {armor: true})).toString(),
		);
		expect(await failureOf(ageFile(Buffer.from(text), 'keys.age'))).toMatchObject({
			code: 'age-damaged',
			message: expect.stringContaining(`damaged age file: ${problem}`) as string,
		});
	});

	test('a list of keys in clear that speaks of age files is none', async () => {
		expect(await ageFile(Buffer.from(` [{"description": "-----BEGIN AGE ENCRYPTED FILE-----"}]`), 'keys.json')).toBe(
			undefined,
		);
	});
});

describe('a binary age file that was taken for text', () => {
	test.each<[string, (binary: Buffer) => Buffer]>([
		['its line ends were changed', binary => Buffer.from(binary.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')],
		['it was rewritten as text', binary => Buffer.from(binary.toString())],
		['it was rewritten as text', binary => Buffer.from(`\u{FEFF}${binary.toString('latin1')}`, 'utf16le')],
	])('binary-as-text: is named as that, and how to copy it: %s', async (problem, handled) => {
		const sealed = Buffer.from(await (await sealFor({recipients: [recipient]}))(Buffer.alloc(1000, 1), {armor: false}));
		expect(await failureOf(ageFile(handled(sealed), 'keys.age'))).toMatchObject({
			code: 'age-damaged',
			message: expect.stringContaining(`damaged age file: ${problem}`) as string,
			hint: expect.stringContaining('age -a') as string,
		});
	});
});

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

	test('costly-passphrase: a header that asks for more memory than a machine has is refused before anybody is asked', async () => {
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

describe('a recipient that is none', () => {
	test.each([
		[
			'an SSH key',
			'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN',
			'An SSH key cannot be a recipient here.',
		],
		[
			'one of a plugin',
			'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t',
			'needs a plugin or a hardware key',
		],
		[
			'one of a hardware key',
			'age1tag1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t',
			'needs a plugin or a hardware key',
		],
		['one cut short', 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujw', 'mistyped or cut short'],
		[
			'one with a letter changed',
			'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwk',
			'mistyped or cut short',
		],
		['a post-quantum one cut short', 'age1pq1qqqqqqq', 'mistyped or cut short'],
		['nothing', '', 'mistyped or cut short'],
		['control characters', 'age1\u001B[2J\u202E', 'age1\\u{1b}[2J\\u{202e} is not an age recipient'],
	])('%s gets a sentence of its own', async (_, wrong, sentence) => {
		const error = await failureOf(sealFor({recipients: [recipient, wrong]}));
		expect(error).toMatchObject({code: 'age-recipient', exit: 'usage'});
		expect(error.message).toContain(sentence);
		expect(error.hint).toBeTruthy();
	});

	test('secret-as-recipient: an identity, or anything unlike a recipient, is not repeated', async () => {
		for (const secret of [identity, identity.toLowerCase(), `${canary}-secret`]) {
			const error = await failureOf(sealFor({recipients: [secret]}));
			expect(inspect(error, {depth: null})).not.toContain(secret);
			expect(error.hint).toBeTruthy();
		}
	});
});

describe('an identity file', () => {
	const identities = async (text: string) => identitiesIn(new Secret(text), 'id.txt');

	test('may hold comments, blank lines and several identities', async () => {
		const hybrid = await generateHybridIdentity();
		const found = await identities(`# created: 2026\r\n# public key: ${recipient}\r\n${identity}\r\n\n  ${hybrid}\n`);
		expect(found.map(one => one.reveal())).toEqual([identity, hybrid]);
	});

	test.each([
		['with nothing in it', '# only a comment\n', 'holds no identity'],
		['of SSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n', 'holds an SSH key'],
		['of a plugin', 'AGE-PLUGIN-YUBIKEY-1QQQ\n', 'needs a plugin'],
		['that is itself encrypted', 'age-encryption.org/v1\n-> scrypt x 18\n', 'is itself encrypted'],
		['that is itself encrypted, armored', '-----BEGIN AGE ENCRYPTED FILE-----\n', 'is itself encrypted'],
		['of something else', `hunter2 ${canary}\n`, 'has no age identity in line 1'],
	])('%s is told so', async (_, text, sentence) => {
		const error = await failureOf(identities(text));
		expect(error).toMatchObject({code: 'age-identity', exit: 'usage'});
		expect(error.message).toContain(sentence);
		expect(inspect(error, {depth: null})).not.toContain(canary);
	});

	test('mistyped-identity: the library quotes it, and we do not', async () => {
		const wrong = identity.slice(0, -1) + (identity.endsWith('Q') ? 'P' : 'Q');
		const error = await failureOf(identities(`# one\n${wrong}\n`));
		expect(error.message).toContain('in line 2');
		expect(inspect(error, {depth: null})).not.toContain(wrong.slice(20, 40));
	});
});

// Debian's age, which .ci/run installs; without it these are skipped, and only our own library has read what it wrote.
describe.skipIf(!hasAge)('age itself', () => {
	test.each([{armor: false}, {armor: true}])('opens what was sealed here (%o)', async options => {
		const file = path.join(temporaryFolder(), 'id.txt');
		fs.writeFileSync(file, identity, {mode: 0o600});
		for (const plain of [content, Buffer.alloc(0), randomBytes(64 * 1024), randomBytes(2 * 1024 * 1024)]) {
			const sealed = await (await sealFor({recipients: [recipient]}))(plain, options);
			expect(execFileSync('age', ['-d', '-i', file], {input: sealed, maxBuffer: 2 ** 24}).equals(plain)).toBe(true);
		}
	});

	test.each([[[]], [['-a']]])('seals what opens here (%s)', async words => {
		for (const plain of [content, randomBytes(2 * 1024 * 1024)]) {
			const sealed = execFileSync('age', ['-e', ...words, '-r', recipient], {input: plain, maxBuffer: 2 ** 24});
			expect((await open(sealed))?.equals(plain)).toBe(true);
		}
	});

	test('makes identity files that are read here', async () => {
		const text = execFileSync('age-keygen', [], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
		const found = await identitiesIn(new Secret(text), 'id.txt');
		const sealed = execFileSync('age', ['-e', '-r', /public key: (\S+)/.exec(text)![1]!], {input: content});
		expect(await open(sealed, {identities: found})).toEqual(content);
	});
});
