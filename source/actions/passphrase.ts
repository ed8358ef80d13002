import type {Random} from '../core/random.ts';
import {limits} from '../core/limits.ts';
import {Secret} from '../core/secret.ts';

// No characters that mean more than themselves to a shell, TOML, YAML or an .env file ($ " ' ` \ #), and no
// look-alikes.
const kinds = ['23456789', 'ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '!*+-.:=@^_~'] as const;
const all = kinds.join('');
const length = 24;

/** Discards the bytes that would favour the first choices. */
function pick(count: number, random: Random): number {
	const fair = 256 - (256 % count);
	for (;;) {
		const [byte] = random(1);
		if (byte! < fair) return byte! % count;
	}
}

/** Follows the exchange's rules (docs/okx-api.md §4.4); about 143 bits strong. */
export function generatePassphrase(random: Random): Secret {
	const characters: string[] = kinds.map(kind => kind[pick(kind.length, random)]!);
	while (characters.length < Math.min(length, limits.passphraseLength.most))
		characters.push(all[pick(all.length, random)]!);
	for (let index = characters.length - 1; index > 0; index--) {
		const other = pick(index + 1, random);
		[characters[index], characters[other]] = [characters[other]!, characters[index]!];
	}

	return new Secret(characters.join(''));
}
