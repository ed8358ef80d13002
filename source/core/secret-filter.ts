/** What stands where a secret was. */
const cover = '********';

/** Shorter forms would hide what is not the secret. */
const leastEncoded = 8;

export type SecretFilter = {
	/** What can be shown now of bytes that came, one character a byte. */
	readonly push: (bytes: string) => string;
	/** The rest, once no more bytes come. */
	readonly end: () => string;
};

/**
 * Covers secrets in a stream, in every form that programs print them in, wherever its bytes are split. Holds back what
 * may be the beginning of one.
 */
export function createSecretFilter(secrets: readonly string[]): SecretFilter {
	const forms = [...new Set(secrets.flatMap(secret => formsOf(secret)))];
	const longest = Math.max(0, ...forms.map(form => form.length));
	// Looking ahead finds forms that overlap, each time the longest one.
	const finder = new RegExp(
		`(?=(${forms
			.toSorted((a, b) => b.length - a.length)
			.map(form => RegExp.escape(form))
			.join('|')}))`,
		'g',
	);
	const beginnings = new Set(
		forms.flatMap(form => Array.from({length: form.length - 1}, (_, at) => form.slice(0, at + 1))),
	);
	let held = '';
	/** How much of `held` is covered already. */
	let covered = 0;

	function firstOpen(bytes: string): number {
		for (let at = Math.max(0, bytes.length - longest + 1); at < bytes.length; at++)
			if (beginnings.has(bytes.slice(at))) return at;
		return bytes.length;
	}

	function show(bytes: string, until: number): string {
		let shown = '';
		let at = covered;
		for (const {index, 1: form = ''} of forms.length === 0 ? [] : bytes.matchAll(finder)) {
			if (index >= until) break;
			if (index >= at) shown += bytes.slice(at, index) + cover;
			at = Math.max(at, index + form.length);
		}

		if (at < until) shown += bytes.slice(at, until);
		held = bytes.slice(until);
		covered = Math.max(0, at - until);
		return shown;
	}

	return {
		push(bytes) {
			const all = held + bytes;
			return show(all, firstOpen(all));
		},
		end: () => show(held, held.length),
	};
}

/** A text as one character a byte of its UTF-8. */
function bytesOf(text: string): string {
	return Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join('');
}

/** How programs print a secret: as it is, and as URLs, JSON, shells, hexadecimal and base64 write it. */
function formsOf(secret: string): string[] {
	if (secret === '') return [];
	const raw = bytesOf(secret);
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
	const hex = Array.from(raw, byte => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
	const encoded = [hex, hex.toUpperCase(), ...base64Forms(raw)].filter(form => form.length >= leastEncoded);
	return [
		raw,
		...urls.flatMap(form => [form, form.replaceAll(/%[\dA-F]{2}/g, code => code.toLowerCase())]),
		bytesOf(json),
		bytesOf(json.replaceAll('/', String.raw`\/`)),
		asciiJson,
		bytesOf(secret.replaceAll(/['\\]/g, String.raw`\$&`)),
		bytesOf(secret.replaceAll("'", String.raw`'\''`)),
		...encoded,
	];
}

/** Base64 of a text, also within more that is encoded with it: which bits stand together depends on what is before. */
function base64Forms(raw: string): string[] {
	const within = [0, 1, 2].map(before => {
		const encoded = btoa('\0'.repeat(before) + raw).replace(/=+$/, '');
		const ends = (before + raw.length) % 3;
		return encoded.slice(before === 0 ? 0 : before + 1, ends === 0 ? undefined : -1);
	});
	return [btoa(raw), btoa(raw).replace(/=+$/, ''), ...within].flatMap(form => [
		form,
		form.replaceAll('+', '-').replaceAll('/', '_'),
	]);
}
