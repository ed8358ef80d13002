import type {CredentialPart} from '../core/key/credential-form.ts';
import type {KeyCopy, StoredKey} from '../core/key/key.ts';
import {limits} from '../core/limits.ts';
import type {Find, SearchReport} from '../scan/search.ts';
import type {VaultContent} from '../vault/vault.ts';
import type {Context} from './context.ts';

/** Longer paths are not kept, in UTF-16 units. */
const longestPath = 1024;

type FoundSecret = {readonly part: CredentialPart; readonly keys: readonly Pick<StoredKey, 'id'>[]};

/**
 * Notes with each key where its secret key or passphrase was found, and takes away what was searched again and not
 * found. Not under --readonly.
 */
export async function noteCopies(
	context: Context,
	report: SearchReport,
	secretOf: (find: Find) => FoundSecret,
): Promise<void> {
	if (context.readonly) return;
	const at = context.clock();
	const found = new Map<string, KeyCopy[]>();
	for (const find of report.finds) {
		const {part, keys} = secretOf(find);
		const path = report.covered(find.path);
		if (part === 'apiKey' || path.length > longestPath) continue;
		for (const {id} of keys) found.set(id, [...(found.get(id) ?? []), {at, path, part}]);
	}

	await context.vault.change(content => withCopies(content, found, report.isSearched), {routine: true});
}

function withCopies(
	content: VaultContent,
	found: ReadonlyMap<string, readonly KeyCopy[]>,
	isSearched: (path: string) => boolean,
): VaultContent {
	if (!content.keys.some(({id, copies = []}) => found.has(id) || copies.some(({path}) => isSearched(path))))
		return content;
	return {
		...content,
		keys: content.keys.map(key => {
			const before = key.copies ?? [];
			const copies = distinct([...(found.get(key.id) ?? []), ...before.filter(({path}) => !isSearched(path))]);
			return copies.length === 0 && before.length === 0 ? key : {...key, copies: copies.slice(0, limits.copies)};
		}),
	};
}

/** One for each place, the gravest; those with the secret key come first. */
function distinct(copies: readonly KeyCopy[]): readonly KeyCopy[] {
	const gravity = ({part}: KeyCopy) => (part === 'secretKey' ? 0 : 1);
	const sorted = copies.toSorted((left, right) => gravity(left) - gravity(right));
	return sorted.filter(({path}, index) => sorted.findIndex(other => other.path === path) === index);
}
