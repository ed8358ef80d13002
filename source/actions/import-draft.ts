import {AppError, isAppError, type FailureCode} from '../core/errors.ts';
import {exits} from '../core/exit-status.ts';
import type {Environment, StoredKey} from '../core/key/key.ts';
import {siteMeant} from '../exchange/sites.ts';
import type {ForeignKey, ImportEntry} from '../formats/format.ts';
import {draftOf, type AddInput} from './add.ts';
import {usualSite} from './usual-site.ts';
import type {Context} from './context.ts';

export type ImportOutcome = {
	/** Position in the file, from 1. */
	readonly number: number;
	/** As the file has it, cut where the entry is not stored. Sanitized; empty where the entry has none. */
	readonly name: string;
	/** The name in the vault; absent where nothing is stored. */
	readonly storedAs?: string;
	/** What the key is for, as the file says; absent where nothing is stored. */
	readonly site?: string;
	readonly environment?: Environment;
	/**
	 * `new` would be stored, in a dry run. `skipped`: its API key is already stored. `elsewhere`: it is of another
	 * exchange, or has no API key at all.
	 */
	readonly what: 'stored' | 'new' | 'skipped' | 'elsewhere' | 'refused';
	readonly code: number;
	readonly cause: string;
	readonly fix: string;
};

/** An entry as it would be stored, not compared with the vault yet. */
export type EntryDraft = {
	readonly number: number;
	readonly name: string;
	readonly input: AddInput;
	readonly draft: StoredKey;
};

/** These refuse one entry; any other error, such as a full disk, ends the import. */
const ownFaults: ReadonlySet<FailureCode> = new Set([
	'invalid',
	'key-already-stored',
	'key-stored-otherwise',
	'site-unknown',
	'host-not-allowed',
	'sandbox-only',
	'exchange',
]);

/** What can be said of an entry without a call. */
export async function draftOfEntry(
	context: Context,
	entry: ImportEntry,
	number: number,
): Promise<EntryDraft | ImportOutcome> {
	try {
		const input = inputOf(context, keyOf(entry));
		return {number, name: entry.name, input, draft: await draftOf(context, input)};
	} catch (error) {
		return faultOf(error, number, entry);
	}
}

function keyOf({key, problem}: ImportEntry): ForeignKey {
	if (!key) throw new AppError('invalid', problem);
	return key;
}

/** The outcome of an entry that is refused; throws the error where it is not the entry's own. */
export function faultOf(
	error: unknown,
	number: number,
	{name, isElsewhere}: {readonly name: string; readonly isElsewhere?: true},
): ImportOutcome {
	if (!isAppError(error) || !ownFaults.has(error.code)) throw error;
	const isHere = error.code === 'key-already-stored';
	const isFault = !isHere && isElsewhere !== true;
	return {
		number,
		name,
		what: isHere ? 'skipped' : isElsewhere === true ? 'elsewhere' : 'refused',
		code: isFault ? exits[error.exit].status : exits.ok.status,
		cause: error.message,
		fix: isHere ? '' : (error.hint ?? ''),
	};
}

function inputOf(context: Context, foreign: ForeignKey): AddInput {
	const {
		name,
		credential,
		description = '',
		type = 'api',
		isTypeTold = false,
		environment = 'live',
		site,
		tags = [],
		permissions,
		ip,
		usedBy,
		expiresAt,
		...known
	} = foreign;
	const subAccount = known.account?.subAccount;
	return {
		name,
		credential,
		description,
		type,
		isTypeTold,
		environment,
		tags,
		known,
		site: site === undefined ? usualSite(context) : siteMeant(site, context.settings.get('allowed-hosts')),
		...(permissions && {permissions}),
		...(ip && {ip}),
		...(usedBy && {usedBy}),
		...(expiresAt !== undefined && {expiresAt}),
		...(subAccount !== undefined && {subAccount}),
	};
}
