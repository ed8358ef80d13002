import {fieldWord} from '../../core/key/field-words.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {formatDay} from '../../core/text/time.ts';
import {labelOf, type Inventory, type InventoryEntry, type InventoryState} from './inventory.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

const stateWords: Readonly<Record<InventoryState, Translatable>> = {
	unknown: msg`unknown here`,
	unfinished: msg`half made`,
	trash: msg`in the trash here`,
	revoked: msg`revoked here`,
	gone: msg`gone there`,
	differs: msg`differs`,
	known: msg`kept elsewhere`,
	agrees: msg`agrees`,
};

export function stateWord({state}: Pick<InventoryEntry, 'state'>): string {
	return stateWords[state]();
}

/** What is to be known of an entry, in one line. Sanitized. */
export function entryWords(entry: InventoryEntry): string {
	const {state, drift, note, place, key} = entry;
	const settings = settingsWords(entry);
	if (state === 'differs')
		return drift
			.map(({field, declared, live}) => t`${fieldWord(field)}: ${sanitize(declared)} → ${sanitize(live)}`)
			.join('; ');
	if (state === 'known') return sanitize(note) || settings;
	if (state === 'unfinished' && key) return t`here ${sanitize(key.name)}; the new key of a rotation that was cut off`;
	if (state === 'unfinished')
		return entry.listed
			? t`its creation was cut off, and its secret key is lost; ${settings}`
			: t`its creation was cut off, and the exchange has nothing of it`;
	if (place.isWithoutAccount) return t`its sub-account is gone too`;
	const name = sanitize(key?.name ?? '');
	const isOtherName = key && name !== sanitize(labelOf(entry));
	if (isOtherName) return settings === '' ? t`here ${name}` : t`here ${name}; ${settings}`;
	return settings;
}

function settingsWords({listed: key}: InventoryEntry): string {
	if (!key) return '';
	const {permissions, ip, createdAt} = key;
	const addresses = ip.length === 0 ? t`any address` : ip.length === 1 ? sanitize(ip[0]!) : t`${ip.length} addresses`;
	const what = `${permissions.join(', ')}; ${addresses}`;
	return createdAt > 0 ? t`${what}; made ${formatDay(createdAt)}` : what;
}

/** Sentences about what was not compared. */
export function leftOutWords({notListed, notPlaced}: Inventory): readonly string[] {
	return [
		...(notListed === 0
			? []
			: [
					notListed === 1
						? t`${notListed} key of a main account or for demo trading is left out: OKX has no API that lists those.`
						: t`${notListed} keys of main accounts or for demo trading are left out: OKX has no API that lists those.`,
				]),
		...(notPlaced === 0
			? []
			: [
					notPlaced === 1
						? t`${notPlaced} key is left out because its sub-account is not known; a test tells it.`
						: t`${notPlaced} keys are left out because their sub-accounts are not known; a test tells them.`,
				]),
	];
}

/** What could not be read, a sentence each, with what to do. Sanitized. */
export function unreadWords({accounts}: Inventory): readonly string[] {
	return accounts.flatMap(({manager, problem, subAccounts}) => [
		...(problem ? [problemWords(t`The sub-accounts of ${sanitize(manager.name)} could not be listed`, problem)] : []),
		...subAccounts.flatMap(one =>
			one.problem ? [problemWords(t`The keys of ${sanitize(one.name)} could not be listed`, one.problem)] : [],
		),
	]);
}

function problemWords(
	what: string,
	{message, hint}: {readonly message: string; readonly hint: string | undefined},
): string {
	const why = t`${what}: ${message}`;
	return hint === undefined || hint === '' ? why : t`${why} ${hint}`;
}

/** Such as “5 of 8 keys in 3 sub-accounts agree with this vault”. */
export function countWords({accounts, entries}: Inventory): string {
	const subAccounts = accounts.flatMap(one => one.subAccounts).filter(({problem}) => !problem).length;
	const there = entries.filter(one => one.listed);
	const agreeing = there.filter(({state}) => state === 'agrees').length;
	const rooms = subAccounts === 1 ? t`${subAccounts} sub-account` : t`${subAccounts} sub-accounts`;
	const keys = there.length === 1 ? t`${there.length} key` : t`${there.length} keys`;
	return t`The exchange has ${keys} in ${rooms}; ${agreeing} as declared in this vault.`;
}
