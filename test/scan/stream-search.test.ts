import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formsOf, searchedFormsOf, type Encoding} from '../../source/core/secret-text/forms.ts';
import {dialects} from '../../source/formats/env-dialects.ts';
import {createPatternFinder} from '../../source/scan/pattern-finder.ts';
import {matchesIn, pieceSize} from './helpers.ts';

const secret = '9F86D081884C7D659A2FEAA0C55AD015';
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Every place of every pattern, found the plain way. */
function naive(text: string, patterns: readonly string[]): (readonly [number, number])[] {
	return patterns.flatMap((pattern, index) =>
		Array.from({length: text.length}, (_, at) => at)
			.filter(at => text.startsWith(pattern, at))
			.map(at => [index, at] as const),
	);
}

const byPlace = ([one, at]: readonly [number, number], [other, place]: readonly [number, number]) =>
	at - place || one - other;

test('many patterns are found at every place, overlapping ones too', () => {
	const piece = fc.constantFrom('ab', 'a', 'b', 'ba', 'aab', '\u00ff', '\0');
	const text = fc.array(piece, {minLength: 4, maxLength: 40}).map(pieces => pieces.join(''));
	fc.assert(
		fc.property(text, fc.uniqueArray(text, {minLength: 1, maxLength: 8}), (where, all) => {
			const patterns = all.filter(({length}) => length >= 4);
			if (patterns.length === 0) return;
			const found: (readonly [number, number])[] = [];
			createPatternFinder(patterns).search(latin1(where), where.length, (pattern, at) => found.push([pattern, at]));
			expect(found.toSorted(byPlace)).toEqual(naive(where, patterns).toSorted(byPlace));
		}),
	);
});

test('nothing is found once the patterns are wiped', () => {
	const finder = createPatternFinder([secret]);
	const found: number[] = [];
	finder.wipe();
	finder.search(latin1(secret), secret.length, pattern => found.push(pattern));
	finder.search(new Uint8Array(100), 100, pattern => found.push(pattern));
	expect(found).toEqual([]);
});

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
};

describe('a secret of any characters is found', () => {
	const unit = fc.oneof(
		fc.constantFrom("'", '"', '`', '$', '\\', '&', '<', '/', ' '),
		fc.string({unit: 'binary', minLength: 1, maxLength: 1}),
	);
	const value = fc.string({unit, minLength: 8, maxLength: 32}).filter(text => text.isWellFormed());
	const ways: Readonly<Record<string, (text: string, before: string) => string | Uint8Array>> = {
		'as it is': text => `x ${text} y`,
		'in JSON': text => JSON.stringify({text}),
		'in JSON of ASCII': text =>
			JSON.stringify(text).replaceAll(
				/[\u007f-\uffff]/g,
				unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
			),
		'in JSON of JSON': text => JSON.stringify(JSON.stringify({text})),
		'in XML': text => `<a>${text.replaceAll(/[&<>"']/g, sign => entities[sign]!)}</a>`,
		'in a quoted text of YAML': text => `a: '${text.replaceAll("'", "''")}'`,
		'in YAML of compose': text => `A=${text.split('$').join('$$')}`,
		'in a URL': text => `?a=${encodeURIComponent(text)}&b`,
		'in a form': text => new URLSearchParams({text}).toString(),
		'in hexadecimal': text => Buffer.from(text).toString('hex'),
		'in base64, wherever it begins': (text, before) => Buffer.from(`${before}${text}${before}`).toString('base64'),
		'in base64url': (text, before) => Buffer.from(`${before}${text}`).toString('base64url'),
		'in UTF-16': text => Buffer.from(`\ufeff${text}`, 'utf16le'),
		'in a quoted word of a shell': text => `'${text.replaceAll("'", String.raw`'\''`)}'`,
		'in double quotes of a shell': text => `"${text.replaceAll(/["$\\`]/g, String.raw`\$&`)}"`,
		'in HTML of Python': text => text.replaceAll(/[&<>"']/g, sign => ({...entities, "'": '&#x27;'})[sign]!),
		'in HTML of Go': text => text.replaceAll(/[&<>"']/g, sign => ({...entities, '"': '&#34;', "'": '&#39;'})[sign]!),
		...Object.fromEntries(
			Object.entries(dialects).map(([name, {quote}]) => [
				`in a .env file that export writes for ${name}`,
				(text: string) => `A=${quote(text) ?? text}`,
			]),
		),
	};
	test.each(Object.entries(ways))('%s', (_, written) => {
		fc.assert(
			fc.property(value, fc.string({maxLength: 4}), (text, before) => {
				const forms = searchedFormsOf(text).map(form => form.text);
				expect(matchesIn(Buffer.from(written(text, before)), forms).length).toBeGreaterThan(0);
			}),
		);
	});
});

test('the forms to search for cover what is to be covered in output, but for the ends of base64', () => {
	const covered = new Set<Encoding>(['plain', 'url', 'json', 'shell', 'hex']);
	const wanted = formsOf(`p"a'ss wörd/+$\\x&9`).filter(({encoding}) => covered.has(encoding));
	expect(searchedFormsOf(`p"a'ss wörd/+$\\x&9`)).toEqual(expect.arrayContaining([...wanted]));
});

describe('a secret that goes over the end of a line is found', () => {
	const [first, second, third] = [secret.slice(0, 11), secret.slice(11, 20), secret.slice(20)];
	test.each<[where: string, text: string]>([
		['in a continuation', `S=${first}\\\n${second}\\\n${third}\n`],
		['in a continuation with an indentation', `S=${first}\\\r\n\t\t${second}${third}\r\n`],
		['in a folded value', `secret: >\n  ${first}\n  ${second}\n  ${third}\n`],
		['in texts that are put together', `s = "${first}" +\n    '${second}' \\\n    "${third}"`],
		['in texts that are put together at the beginning of lines', `s = '${first}'\n\t. '${second}'\n\t. '${third}'`],
		['in several variables', `OKX_SECRET_1=${first}\nOKX_SECRET_2="${second}"\nexport OKX_SECRET_3=${third}\n`],
	])('%s', (_, text) => {
		expect(matchesIn(latin1(`before\n${text}`), [secret])).toEqual([
			{pattern: secret, line: text.startsWith('secret:') ? 3 : 2, isSplit: true},
		]);
	});

	test('in base64 that is wrapped', () => {
		const wrapped = Buffer.from(`${'x'.repeat(50)}${secret}`)
			.toString('base64')
			.replaceAll(/.{76}/g, line => `${line}\n`);
		const forms = searchedFormsOf(secret).map(({text}) => text);
		expect(matchesIn(latin1(wrapped), forms)).toMatchObject([{line: 1, isSplit: true}]);
	});
});

test('a secret in one line counts once, with its line', () => {
	const text = `one\n\n  S=${secret}\\\nthree\n${secret}`;
	expect(matchesIn(latin1(text), [secret])).toEqual([
		{pattern: secret, line: 3, isSplit: false},
		{pattern: secret, line: 5, isSplit: false},
	]);
});

test('what is no text has no lines', () => {
	expect(matchesIn(Buffer.concat([Buffer.alloc(9), latin1(`\n${secret}`)]), [secret])).toEqual([
		{pattern: secret, line: null, isSplit: false},
	]);
});

test('the same is found in a stream however it is cut', () => {
	const piece = fc.constantFrom('ABCD', 'EFGH', '\n', ' ', '"', '\\', 'A_B=', 'x');
	const pieces = fc.array(piece, {minLength: 1, maxLength: 60});
	fc.assert(
		fc.property(pieces, fc.array(fc.integer({min: 1, max: 20}), {minLength: 1, maxLength: 8}), (all, sizes) => {
			const bytes = latin1(all.join(''));
			const patterns = ['ABCDEFGH', 'EFGHABCD', 'ABCDABCDEFGH'];
			const order = (found: ReturnType<typeof matchesIn>) =>
				[...new Set(found.map(one => JSON.stringify(one)))].toSorted();
			expect(order(matchesIn(bytes, patterns, sizes))).toEqual(order(matchesIn(bytes, patterns)));
		}),
	);
});

test('a line that a variable’s name begins joins no secret, however the stream is cut', () => {
	for (const text of ['EFGH\nABCDA_B=', 'EFGH\n  ABCDA_B=x'])
		expect(matchesIn(latin1(text), ['EFGHABCD'], [1])).toEqual(matchesIn(latin1(text), ['EFGHABCD']));
	expect(matchesIn(latin1('EFGH\nABCD'), ['EFGHABCD'], [1])).toMatchObject([{line: 1, isSplit: true}]);
});

test('a secret is found over the end of a piece, far into a long stream, with its line', () => {
	const line = `${'x'.repeat(99)}\n`;
	const before = line.repeat(Math.ceil((pieceSize * 3) / line.length));
	for (const from of [40, 20, 1]) {
		const start = pieceSize * 3 - from;
		const text = `${before.slice(0, start - 1)}\n${secret}\n${line}`;
		const lines = text.slice(0, start).split('\n').length;
		expect(matchesIn(latin1(text), [secret])).toEqual([{pattern: secret, line: lines, isSplit: false}]);
	}
});
