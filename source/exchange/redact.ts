import {mask} from '../core/text/mask.ts';

const dots = '••••';
/** The form of an API key (docs/okx-api.md §4.7); a refused address may come with the whole of it. */
const keyId = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gi;
const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

export function maskIds(text: string): string {
	return text.replaceAll(keyId, id => mask(id));
}

function formsOf(secret: string): readonly string[] {
	const forms = [
		secret,
		encodeURIComponent(secret),
		secret.replaceAll(/[&<>"']/g, sign => entities[sign]!),
		JSON.stringify(secret).slice(1, -1),
		Buffer.from(secret).toString('base64').replace(/=+$/, ''),
	];
	return [...new Set(forms)];
}

function hider(secrets: readonly string[]): (text: string) => string {
	const forms = secrets.flatMap(secret => formsOf(secret)).toSorted((left, right) => right.length - left.length);
	const patterns = forms.map(form => new RegExp(form.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`), 'gi'));
	return text => patterns.reduce((shown, pattern) => shown.replaceAll(pattern, dots), text);
}

/**
 * Removes secrets, in either case of letters, from a server's text and masks any other API key in it. To be used before
 * the text is cut, so that no part of a secret is left.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const hide = hider(secrets);
	return text => maskIds(hide(text));
}

/** A shorter one could be a word of the exchange, such as a permission; no credential of the exchange is as short. */
const shortestInData = 8;
const deepest = 16;

/** Removes secrets from every text of an answer's data, but keeps other API keys, which were asked for. */
export function redactData(data: unknown, secrets: readonly string[]): unknown {
	const hide = hider(secrets.filter(({length}) => length >= shortestInData));
	const walk = (value: unknown, depth: number): unknown => {
		if (typeof value === 'string') return hide(value);
		if (typeof value !== 'object' || value === null) return value;
		if (depth > deepest) return null;
		return Array.isArray(value)
			? value.map(item => walk(item, depth + 1))
			: Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, depth + 1)]));
	};
	return walk(data, 0);
}
