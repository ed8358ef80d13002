import {mask} from '../core/text.ts';

const dots = '••••';
/** What an API key of the exchange looks like (okx/api.md §4.7); its refusal of an address may name the whole of it. */
const keyId = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gi;
const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;'};

/** Masks whatever looks like an API key. */
export function maskIds(text: string): string {
	return text.replaceAll(keyId, id => mask(id));
}

/** A secret as a server may repeat it: as it is, or as a part of a URL, of HTML, of JSON, or of a header. */
function formsOf(secret: string): readonly string[] {
	const forms = [secret, encodeURIComponent(secret), secret.replaceAll(/[&<>"']/g, sign => entities[sign]!), JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64').replace(/=+$/, '')];
	return [...new Set(forms)];
}

/**
 * Takes secrets out of a text that a server sent, which may repeat what it was sent, in letters of either case; any other
 * API key in it is masked. To be used before the text is cut, so that no part of a secret is left.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
	const forms = secrets.flatMap(secret => formsOf(secret)).toSorted((left, right) => right.length - left.length);
	const patterns = forms.map(form => new RegExp(form.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`), 'gi'));
	return text => maskIds(patterns.reduce((shown, pattern) => shown.replaceAll(pattern, dots), text));
}
