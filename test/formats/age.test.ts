import {execFileSync, spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {inspect} from 'node:util';
import {generateHybridIdentity, generateX25519Identity, identityToRecipient} from 'age-encryption';
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
