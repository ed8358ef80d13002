import {
	labelOf,
	needsAttention,
	pathOf,
	type Inventory,
	type InventoryEntry,
} from '../../actions/inventory/inventory.ts';
import type {ListedSubAccount} from '../../actions/inventory/read.ts';
import {countWords, entryWords, leftOutWords, stateWord, unreadWords} from '../../actions/inventory/words.ts';
import {nextCommands, nextWords} from '../../actions/inventory/next-steps.ts';
import type {AppError} from '../../core/errors.ts';
import {exits, worstExit, type Exit} from '../../core/exit-status.ts';
import {mask} from '../../core/text/mask.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {Session} from '../../cli/command.ts';
import {jsonText, table} from '../../cli/print.ts';
import type {VaultContent} from '../../vault/vault.ts';
import {t} from '../../language/translate.ts';

export function printInventory(session: Session, inventory: Inventory): Exit {
	const {context, io} = session;
	const {entries, accounts} = inventory;
	keepTexts(session, entries);
	if (io.json) io.out(jsonText(inventoryJson(inventory, context.vault.read())));
	else {
		const shown = entries.filter(({state}) => state !== 'agrees');
		if (shown.length > 0) io.out(entryTable(shown, io.columns));
		io.note(countWords(inventory));
		for (const line of [...nextLines(shown, context.vault.read()), ...leftOutWords(inventory)]) io.note(line);
		for (const line of unreadWords(inventory)) io.note(`! ${line}`);
	}

	return worstExit([
		...problemsOf(accounts).map(({exit}) => exits[exit].status),
		...(entries.some(entry => needsAttention(entry)) ? [exits.drift.status] : []),
	]);
}

export function entryTable(entries: readonly InventoryEntry[], columns: number | undefined): string {
	return table(
		[t`SUB-ACCOUNT`, t`KEY`, t`STATE`, t`ABOUT`],
		entries.map(entry => [
			entry.place.isFrozen ? t`${entry.place.subAccount.name} (frozen)` : entry.place.subAccount.name || '-',
			labelOf(entry) || '-',
			stateWord(entry),
			entryWords(entry),
		]),
		columns,
	);
}

/** Labels are printed without conversion to ASCII. */
function keepTexts({io}: Session, entries: readonly InventoryEntry[]): void {
	io.keep(entries.flatMap(entry => [labelOf(entry), entry.note]));
}

/** What can be done about the first entry of each state. */
function nextLines(entries: readonly InventoryEntry[], content: VaultContent): readonly string[] {
	const firsts = new Map(entries.toReversed().map(entry => [entry.state, entry]));
	return [...firsts.values()].toReversed().map(entry => nextWords(entry, content));
}

function problemsOf(accounts: Inventory['accounts']): readonly AppError[] {
	return accounts.flatMap(({problem, subAccounts}) => [
		...(problem ? [problem] : []),
		...subAccounts.flatMap(one => one.problem ?? []),
	]);
}

function problemJson(problem: AppError | undefined) {
	return {
		code: problem ? exits[problem.exit].status : exits.ok.status,
		cause: problem?.message ?? null,
		fix: problem?.hint ?? null,
	};
}

function inventoryJson({accounts, entries, notListed, notPlaced}: Inventory, content: VaultContent) {
	const agreeing = (subAccount: ListedSubAccount) =>
		entries.filter(({state, place}) => state === 'agrees' && place.subAccount.uid === subAccount.uid).length;
	return {
		accounts: accounts.map(({site, environment, mainUid, manager, subAccounts, problem}) => ({
			site,
			environment,
			mainUid: mainUid ?? null,
			using: manager.name,
			...problemJson(problem),
			subAccounts: subAccounts.map(subAccount => ({
				name: subAccount.name,
				uid: subAccount.uid,
				label: subAccount.label,
				frozen: !subAccount.enabled,
				keys: subAccount.keys?.length ?? null,
				agreeing: subAccount.keys ? agreeing(subAccount) : null,
				...problemJson(subAccount.problem),
			})),
		})),
		keys: entries.filter(({state}) => state !== 'agrees').map(entry => entryJson(entry, content)),
		notListed,
		notPlaced,
	};
}

export function entryJson(entry: InventoryEntry, content: VaultContent) {
	const {state, place, listed, key, creation, drift, note} = entry;
	return {
		key: pathOf(entry),
		state,
		site: place.site,
		environment: place.environment,
		subAccount: place.subAccount.name,
		frozen: place.isFrozen,
		label: listed?.label ?? null,
		name: key?.name ?? creation?.key.name ?? null,
		apiKeyMasked: mask(listed?.apiKey ?? key?.credential.apiKey ?? ''),
		permissions: listed?.permissions ?? null,
		ip: listed?.ip ?? null,
		createdAt: listed && listed.createdAt > 0 ? listed.createdAt : null,
		drift: drift.map(({field, declared, live}) => ({field, declared: sanitize(declared), live: sanitize(live)})),
		note: state === 'known' ? note : null,
		next: nextCommands(entry, content),
	};
}
