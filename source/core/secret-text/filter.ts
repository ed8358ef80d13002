import {formsOf} from './forms.ts';

/** What stands where a secret was. */
const cover = '********';

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
	const forms = [...new Set(secrets.flatMap(secret => formsOf(secret).map(({text}) => text)))];
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
