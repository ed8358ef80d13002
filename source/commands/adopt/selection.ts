import {isDeletable, labelOf, pathOf, type Inventory, type InventoryEntry} from '../../actions/inventory/inventory.ts';
import {AppError} from '../../core/errors.ts';
import {looksLike} from '../../core/text/name.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {similar} from '../../core/text/similar.ts';

/**
 * The keys of the exchange that are meant by `SUBACCOUNT/LABEL`, by a label that only one has, or by the whole API key.
 * Throws `no-such-listed-key` with similar ones, `ambiguous-listed-key`, or `listed-key-in-use`.
 */
export function listedByWord(inventory: Inventory, words: readonly string[]): readonly InventoryEntry[] {
	const found = words.map(word => theOne(inventory.entries, word, [labelOf, pathOf, apiKeyOf]));
	for (const entry of found) {
		const {key} = entry;
		if (key && !isDeletable(entry))
			throw new AppError('listed-key-in-use', {label: sanitize(pathOf(entry)), name: sanitize(key.name)});
	}

	return distinct(found);
}

/** The keys of this vault, by their names here, that the exchange has otherwise. Throws as `listedByWord` does. */
export function differingByName(inventory: Inventory, names: readonly string[]): readonly InventoryEntry[] {
	const here = inventory.entries.filter(({key}) => key !== null);
	return distinct(names.map(name => theOne(here, name, [({key}) => key!.name])));
}

function apiKeyOf({listed}: InventoryEntry): string {
	return listed?.apiKey ?? '';
}

function theOne(
	entries: readonly InventoryEntry[],
	word: string,
	texts: readonly ((entry: InventoryEntry) => string)[],
): InventoryEntry {
	const isMeant = looksLike(word);
	const exact = entries.filter(entry => texts.some(text => text(entry) === word && word !== ''));
	const meant = exact.length > 0 ? exact : entries.filter(entry => texts.some(text => isMeant(text(entry))));
	const [one] = meant;
	if (one && meant.length === 1) return one;
	const paths = meant.map(entry => sanitize(pathOf(entry)));
	if (one) throw new AppError('ambiguous-listed-key', {name: sanitize(word), meant: paths.slice(0, 5)});
	throw new AppError('no-such-listed-key', {
		name: sanitize(word),
		near: similar(
			word,
			entries.flatMap(entry => texts.slice(0, 2).map(text => text(entry))),
		).map(near => sanitize(near)),
	});
}

function distinct(entries: readonly InventoryEntry[]): readonly InventoryEntry[] {
	return [...new Map(entries.map(entry => [entry.id, entry])).values()];
}
