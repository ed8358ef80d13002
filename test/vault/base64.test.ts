import {randomBytes} from 'node:crypto';
import fc from 'fast-check';
import {expect, it} from 'vitest';
import {base64Length, decodeBase64, fromBase64, toBase64} from '../../source/vault/format/base64.ts';

it('base64 has one spelling', () => {
	expect(fromBase64('AAA=')).toEqual(Buffer.alloc(2));
	for (const other of ['AAA', 'AAB=', 'AA A=', 'AAA=\n', 'AAA==', '-_8=', 'AA=A', 7, null, undefined])
		expect(fromBase64(other)).toBeNull();
});

const textOf = (bytes: Uint8Array) => Buffer.from(toBase64(bytes));

it('base64 that is no string yet has the same one spelling, in pieces', () => {
	const sizes = [0, 1, 2, 3, 48 * 1024 - 1, 48 * 1024, 48 * 1024 + 1, 2 * 48 * 1024, 3 * 48 * 1024 - 2];
	for (const bytes of sizes.map(size => randomBytes(size))) {
		const text = textOf(bytes);
		expect(text).toHaveLength(base64Length(bytes.length));
		expect(decodeBase64(text)).toEqual(bytes);
	}

	const long = textOf(randomBytes(100_000));
	fc.assert(
		fc.property(
			fc.constantFrom(textOf(randomBytes(40)), long, textOf(randomBytes(48 * 1024))),
			fc.nat(),
			fc.constantFrom('', '=', '==', '-', '_', '+', '/', 'A', 'B', ' ', '\n', '\0', '\u{e1}', '====', 'AAAA', 'AA=='),
			fc.nat({max: 4}),
			(text, place, inserted, removed) => {
				const at = place % (text.length + 1);
				const altered = Buffer.concat([
					text.subarray(0, at),
					Buffer.from(inserted, 'latin1'),
					text.subarray(at + removed),
				]);
				expect(decodeBase64(altered)).toEqual(fromBase64(altered.toString('latin1')));
			},
		),
	);
	// A piece for itself may end in padding; the text may not go on behind it.
	const padded = Buffer.from(`${'A'.repeat(64 * 1024 - 4)}AAA=`);
	expect(decodeBase64(padded)).toHaveLength(48 * 1024 - 1);
	expect(decodeBase64(Buffer.concat([padded, Buffer.from('AAAA')]))).toBeNull();
});
