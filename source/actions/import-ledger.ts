import {AppError} from '../core/errors.ts';
import {limits} from '../core/limits.ts';
import {withUnfinished} from '../core/key/operation.ts';
import type {Credential, StoredKey} from '../core/key/key.ts';
import {normalizeName, seenName} from '../core/text/name.ts';
import {graphemes} from '../core/text/width.ts';
import type {VaultContent} from '../vault/vault.ts';

export type Holder = Pick<StoredKey, 'name' | 'credential'>;

/** The names and API keys that are taken, so that thousands of new keys are compared in linear time. */
export type Ledger = {
	/** The key that has this API key. */
	readonly ownerOf: (apiKey: string) => Holder | undefined;
	/** The name itself, or the next free one like it: `grid-2`. */
	readonly freeName: (name: string) => string;
	readonly add: (key: Holder) => void;
};

export function ledgerOf(content: VaultContent): Ledger {
	const names = new Set<string>();
	const owners = new Map<string, Holder>();
	/** By the name that was asked for, so that the same name a thousand times is not counted through each time. */
	const numbers = new Map<string, number>();
	for (const {name, trashedAt} of withUnfinished(content)) if (trashedAt === null) names.add(seenName(name));
	for (const key of content.keys) if (key.trashedAt === null) owners.set(key.credential.apiKey, key);

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
		add(key) {
			names.add(seenName(key.name));
			owners.set(key.credential.apiKey, key);
		},
	};
}

/** Why a key is not stored beside the holder of its API key: it is the same key, or its secrets differ. */
export function duplicateKeyError(
	holder: Holder | undefined,
	{secretKey, passphrase}: Credential,
): AppError | undefined {
	if (!holder) return undefined;
	const {name, credential} = holder;
	const isSame = credential.secretKey.equals(secretKey) && credential.passphrase.equals(passphrase);
	return new AppError(isSame ? 'key-already-stored' : 'key-stored-otherwise', {name});
}
