import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createSecretFilter} from '../../source/core/secret-text/filter.ts';

const secrets = ['0a1b2c3d-0000-4000-8000-1234567890ab', 'CANARY9SECRET9CANARY9SECRET9CANA', `p"a'ss wörd/+$\\x&9`];

function filtered(bytes: string, cuts: readonly number[], hidden: readonly string[] = secrets): string {
	const {push, end} = createSecretFilter(hidden);
	const ends = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].toSorted((left, right) => left - right);
	return [0, ...ends].map((start, index) => push(bytes.slice(start, ends[index]))).join('') + end();
}

const utf8 = (text: string) => Buffer.from(text).toString('latin1');
const shown = (text: string) => Buffer.from(text, 'latin1').toString();

describe.each(secrets)('of the secret %#', secret => {
	test.each<[form: string, text: string]>([
		['as it is', secret],
		['in JSON', JSON.stringify({secret})],
		['in JSON of Python', JSON.stringify(secret).replaceAll('ö', '\\u00f6')],
		['in JSON of PHP', JSON.stringify(secret).replaceAll('/', '\\/')],
		['in a URL', `?key=${encodeURIComponent(secret)}&`],
		['in a URL with small letters', encodeURIComponent(secret).replaceAll(/%../g, code => code.toLowerCase())],
		['in a form', new URLSearchParams({secret}).toString()],
		['in base64', Buffer.from(secret).toString('base64')],
		['in base64url', Buffer.from(secret).toString('base64url')],
		['in hexadecimal', Buffer.from(secret).toString('hex')],
		['in large hexadecimal', Buffer.from(secret).toString('hex').toUpperCase()],
		['in a word of a shell', `'${secret.replaceAll("'", String.raw`'\''`)}'`],
	])('nothing is shown %s, wherever it is split', (_, text) => {
		const bytes = utf8(`before ${text} after`);
		const whole = filtered(bytes, []);
		expect(whole).toMatch(/^before .*\*{8}.* after$/);
		const parts = [secret, ...secret.split(/[^\w-]/)].filter(part => part.length > 3);
		for (const part of parts) expect(shown(whole)).not.toContain(part);
		for (let cut = 1; cut < bytes.length; cut++) expect(filtered(bytes, [cut])).toBe(whole);
	});

	test.each([0, 1, 2, 3, 4])('nothing is shown in base64 of more, %i bytes after its beginning', before => {
		const encoded = Buffer.from(`${'x'.repeat(before)}${secret}:y`).toString('base64');
		const rest = filtered(encoded, []).replaceAll('*', '');
		// Bits that share a letter with what stands beside the secret.
		expect(rest.length).toBeLessThanOrEqual(Math.ceil((before + 4) / 3) * 4 + 4);
	});
});

test('half a character in a secret is covered as programs print it', () => {
	const bytes = utf8(`before ${'a1b2c3d4\uD800'.toWellFormed()} after`);
	expect(filtered(bytes, [], ['a1b2c3d4\uD800'])).toBe('before ******** after');
});

test('what is no secret is shown as it is, to the byte', () => {
	fc.assert(
		fc.property(fc.uint8Array({maxLength: 200}), fc.array(fc.nat(), {maxLength: 5}), (bytes, cuts) => {
			const text = Buffer.from(bytes).toString('latin1');
			expect(filtered(text, cuts)).toBe(text);
		}),
	);
});

test('at any split the same is shown, and no secret, however they overlap', () => {
	const piece = fc.constantFrom('ab', 'abab', 'ba', 'aab', 'b', ' ');
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 30}), fc.array(fc.nat(), {maxLength: 8}), (pieces, cuts) => {
			const text = pieces.join('');
			const hidden = ['abab', 'bab a', 'aabb'];
			const whole = filtered(text, [], hidden);
			expect(filtered(text, cuts, hidden)).toBe(whole);
			for (const secret of hidden) expect(whole).not.toContain(secret);
		}),
	);
});

test('what cannot become a secret any more is shown at once', () => {
	const {push, end} = createSecretFilter(['secret-1']);
	expect(push('a sec')).toBe('a ');
	expect(push('ond, secret-')).toBe('second, ');
	expect(push('1')).toBe('********');
	expect(push('se')).toBe('');
	expect(end()).toBe('se');
});

test('an empty secret hides nothing', () => {
	expect(filtered('all of it', [3], [''])).toBe('all of it');
});
