import {limits} from '../core/limits.ts';
import {withUnfinished} from '../core/key/operation.ts';
import type {StoredKey} from '../core/key/key.ts';
import {normalizeName, seenName} from '../core/text/name.ts';
import {graphemes} from '../core/text/width.ts';
import type {VaultContent} from '../vault/vault.ts';

/** The names and API keys that are taken, so that thousands of new keys are compared in linear time. */
export type Ledger = {
	/** The name of the key that has this API key. */
	readonly ownerOf: (apiKey: string) => string | undefined;
	/** The name itself, or the next free one like it: `grid-2`. */
	readonly freeName: (name: string) => string;
	readonly add: (key: Pick<StoredKey, 'name' | 'credential'>) => void;
};

export function ledgerOf(content: VaultContent): Ledger {
	const names = new Set<string>();
	const owners = new Map<string, string>();
	/** By the name that was asked for, so that the same name a thousand times is not counted through each time. */
	const numbers = new Map<string, number>();
	for (const {name, trashedAt} of withUnfinished(content)) if (trashedAt === null) names.add(seenName(name));
	for (const {name, trashedAt, credential} of content.keys) if (trashedAt === null) owners.set(credential.apiKey, name);

	return {
		ownerOf: apiKey => owners.get(apiKey),
		freeName(given) {
			const name = normalizeName(given);
			if (!names.has(seenName(name))) return given;
			for (let number = numbers.get(name) ?? 2; ; number++) {
				const end = `-${number}`;
				const candidate = `${graphemes(name)
					.slice(0, limits.existingNameLength - end.length)
					.join('')
					.trimEnd()}${end}`;
				if (names.has(seenName(candidate))) continue;
				numbers.set(name, number + 1);
				return candidate;
			}
		},
		add({name, credential}) {
			names.add(seenName(name));
			owners.set(credential.apiKey, name);
		},
	};
}
