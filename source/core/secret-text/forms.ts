export type Encoding = 'plain' | 'url' | 'json' | 'xml' | 'yaml' | 'shell' | 'hex' | 'base64' | 'utf-16';

/** A way to write a secret: one character a byte, as it would stand in a file. */
export type SecretForm = {readonly text: string; readonly encoding: Encoding};

/** Shorter forms would match what is not the secret. */
const leastEncoded = 8;

/**
 * How programs print a secret, half a character in it as its replacement: as it is, and as URLs, JSON, XML, YAML,
 * shells, hexadecimal and base64 write it.
 */
export function formsOf(secret: string): readonly SecretForm[] {
	const text = secret.toWellFormed();
	const raw = bytesOf(text);
	return forms(text, [btoa(raw), btoa(raw).replace(/=+$/, ''), ...base64Within(raw)]);
}

/**
 * The forms to search files for: of base64 only the letters that the secret alone decides, which are found in every
 * base64 of it, and also UTF-16, which files of Windows have.
 */
export function searchedFormsOf(secret: string): readonly SecretForm[] {
	const wide = Array.from({length: secret.length}, (_, index) => secret.charCodeAt(index));
	const [low, high] = [(unit: number) => unit & 0xff, (unit: number) => unit >> 8];
	return distinct([
		...forms(secret.toWellFormed(), base64Within(bytesOf(secret))),
		{text: fromBytes(wide.flatMap(unit => [low(unit), high(unit)])), encoding: 'utf-16'},
		{text: fromBytes(wide.flatMap(unit => [high(unit), low(unit)])), encoding: 'utf-16'},
	]);
}

function forms(secret: string, base64: readonly string[]): readonly SecretForm[] {
	if (secret === '') return [];
	const raw = bytesOf(secret);
	if (isPlain(secret)) return distinct([...as('plain', [raw]), ...hexAndBase64(raw, base64)]);
	const url = encodeURIComponent(secret);
	const strictUrl = url.replaceAll(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
	const json = JSON.stringify(secret).slice(1, -1);
	const asciiJson = json.replaceAll(
		/[\u007F-\uFFFF]/g,
		unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	const urls = [
		url,
		strictUrl,
		strictUrl.replaceAll('%20', '+'),
		new URLSearchParams({'': secret}).toString().slice(1),
	];
	return distinct([
		...as('plain', [raw]),
		...as(
			'url',
			urls.flatMap(form => [form, form.replaceAll(/%[\dA-F]{2}/g, code => code.toLowerCase())]),
		),
		...as('json', [
			bytesOf(json),
			bytesOf(json.replaceAll('/', String.raw`\/`)),
			asciiJson,
			// The JSON of an agent holds that of the files that it has read.
			bytesOf(JSON.stringify(json).slice(1, -1)),
		]),
		...as(
			'xml',
			xmlQuotes.map(([double, single]) => bytesOf(xmlOf(secret, double, single))),
		),
		...as('yaml', [bytesOf(secret.replaceAll("'", "''")), bytesOf(secret.replaceAll('$', '$$$$'))]),
		...as('shell', [
			bytesOf(secret.replaceAll(/['\\]/g, String.raw`\$&`)),
			bytesOf(secret.replaceAll("'", String.raw`'\''`)),
			bytesOf(secret.replaceAll(/['\\]/g, String.raw`'\$&'`)),
			bytesOf(secret.replaceAll(/["$\\`]/g, String.raw`\$&`)),
		]),
		...hexAndBase64(raw, base64),
	]);
}

/** How XML writes a double and a single quote, and HTML of Python and Go. */
const xmlQuotes = [
	['&quot;', '&apos;'],
	['&quot;', '&#39;'],
	['&quot;', '&#x27;'],
	['&quot;', "'"],
	['&#34;', '&#39;'],
] as const;

function xmlOf(text: string, double: string, single: string): string {
	const entities: Readonly<Record<string, string>> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': double,
		"'": single,
	};
	return text.replaceAll(/[&<>"']/g, character => entities[character]!);
}

/** Whether URLs, JSON and shells write a text as it is. */
function isPlain(text: string): boolean {
	return /^[\w.-]*$/.test(text);
}

function as(encoding: Encoding, texts: readonly string[]): readonly SecretForm[] {
	return texts.map(text => ({text, encoding}));
}

function hexAndBase64(raw: string, base64: readonly string[]): readonly SecretForm[] {
	const hex = Array.from(raw, byte => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
	const url = base64.map(form => form.replaceAll('+', '-').replaceAll('/', '_'));
	return [...as('hex', [hex, hex.toUpperCase()]), ...as('base64', [...base64, ...url])].filter(
		({text}) => text.length >= leastEncoded,
	);
}

/** The first encoding counts where several give the same text. */
function distinct(all: readonly SecretForm[]): readonly SecretForm[] {
	const seen = new Set<string>();
	return all.filter(({text}) => {
		const isNew = text !== '' && !seen.has(text);
		seen.add(text);
		return isNew;
	});
}

/** A text as one character a byte of its UTF-8. */
function bytesOf(text: string): string {
	return fromBytes(Array.from(new TextEncoder().encode(text)));
}

function fromBytes(bytes: readonly number[]): string {
	return bytes.map(byte => String.fromCharCode(byte)).join('');
}

/** The base64 of a text within more that is encoded with it: which bits stand together depends on what is before. */
function base64Within(raw: string): string[] {
	return [0, 1, 2].map(before => {
		const encoded = btoa('\0'.repeat(before) + raw).replace(/=+$/, '');
		const ends = (before + raw.length) % 3;
		return encoded.slice(before === 0 ? 0 : before + 1, ends === 0 ? undefined : -1);
	});
}
