import {acceptListed, type Accepted} from '../../actions/inventory/accept-listed.ts';
import {deleteListed} from '../../actions/inventory/delete.ts';
import {checkImport, importListed, nameFor} from '../../actions/inventory/import-listed.ts';
import {labelOf, pathOf, type InventoryEntry} from '../../actions/inventory/inventory.ts';
import {forgetKnown, noteKnown} from '../../actions/inventory/known.ts';
import {AppError, isAppError} from '../../core/errors.ts';
import {exitOfStatus, exits, worstExit, type Exit} from '../../core/exit-status.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import type {Session} from '../../cli/command.ts';
import {jsonText, keyJson, requireTypedName} from '../../cli/print.ts';
import {keepLabels, showProgress, verdict} from '../../cli/test-report.ts';
import {readCredential} from '../add.ts';
import {entryTable} from './report.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

type Outcome = {readonly entry: InventoryEntry; readonly outcome: string; readonly error?: AppError | undefined};

/** One preview, one confirmation, one write a second, and a result for each key. */
export async function deleteKeys(
	session: Session,
	entries: readonly InventoryEntry[],
	options: {readonly yes: boolean},
): Promise<Exit> {
	const {context, io} = session;
	const [first] = entries;
	io.note(entryTable(entries, io.columns));
	await io.release();
	const count = entries.length;
	const label = first && sanitize(labelOf(first));
	if (count === 1 && label)
		await requireTypedName(
			io,
			options,
			t`This deletes ${label} on the exchange and cannot be undone. Type its name to go on: `,
			label,
		);
	else
		await requireTypedName(
			io,
			options,
			t`This deletes ${count} keys on the exchange and cannot be undone. Type ${count} to go on: `,
			String(count),
		);
	const show = showProgress(session);
	const deletions = await deleteListed(context, entries, {
		signal: io.stopSignal(),
		onDone(done) {
			show({done, total: count});
		},
	});
	io.progress('');
	const deleted = deletions.filter(({error}) => !error).length;
	if (count === 1 && first)
		return end(session, deletions, deleted === 0 ? '' : t`${sanitize(pathOf(first))} is deleted on the exchange.`);
	return end(session, deletions, t`${deleted} of ${count} keys are deleted on the exchange.`);
}

export async function importKey(
	session: Session,
	entry: InventoryEntry,
	{name: given, noTest}: {readonly name: string | undefined; readonly noTest: boolean},
): Promise<Exit> {
	const {context, io} = session;
	const name = given ?? nameFor(context, entry);
	if (name === '')
		throw new AppError('invalid', {
			problem: t`${sanitize(pathOf(entry))} needs another name here, since its own is taken or cannot be used.`,
			fix: t`Choose one with --name.`,
		});
	await checkImport(context, entry, name);
	const credential = await readCredential(io);
	const {key, result} = await io.wait(t`Testing…`, async () =>
		importListed(context, entry, credential, {name, test: !noTest, signal: io.stopSignal()}),
	);
	if (io.json) io.out(jsonText(keyJson(key, context.clock())));
	else {
		io.out(t`${sanitize(key.name)} is stored in the vault${result ? '' : ', untested'}.`);
		if (result) {
			keepLabels(io, [result]);
			io.out(verdict(result));
		}
	}

	return result ? exitOfStatus(result.code) : 'ok';
}

export async function noteKeys(session: Session, entries: readonly InventoryEntry[], note: string): Promise<Exit> {
	await noteKnown(session.context, entries, note);
	return end(
		session,
		entries.map(entry => ({entry, outcome: 'known'})),
		entries.length === 1
			? t`${sanitize(pathOf(entries[0]!))} is noted as kept elsewhere.`
			: t`${entries.length} keys are noted as kept elsewhere.`,
	);
}

export async function forgetKeys(session: Session, entries: readonly InventoryEntry[]): Promise<Exit> {
	await forgetKnown(session.context, entries);
	return end(
		session,
		entries.map(entry => ({entry, outcome: 'unknown'})),
		entries.length === 1
			? t`${sanitize(pathOf(entries[0]!))} counts as unknown again.`
			: t`${entries.length} keys count as unknown again.`,
	);
}

const acceptedWords: Readonly<Record<Accepted['outcome'], Translatable>> = {
	declared: msg`is declared as the exchange has it`,
	'marked-revoked': msg`is marked as revoked here`,
	'in-use': msg`is in use here again`,
	restored: msg`is back from the trash`,
};

/** Each by itself: one that fails does not stop the others. */
export async function acceptKeys(session: Session, entries: readonly InventoryEntry[]): Promise<Exit> {
	const {context, io} = session;
	const outcomes: Outcome[] = [];
	const done: string[] = [];
	for (const entry of entries) {
		try {
			const {key, outcome} = await acceptListed(context, entry);
			outcomes.push({entry, outcome});
			done.push(`${sanitize(key.name)} ${acceptedWords[outcome]()}.`);
		} catch (error) {
			if (!isAppError(error)) throw error;
			if (entries.length === 1 && !io.json) throw error;
			outcomes.push({entry, outcome: 'failed', error});
		}
	}

	return end(session, outcomes, done.join('\n'));
}

function end({io}: Session, outcomes: readonly Outcome[], words: string): Exit {
	if (io.json)
		io.out(
			jsonText(
				outcomes.map(({entry, outcome, error}) => ({
					key: pathOf(entry),
					name: entry.key?.name ?? null,
					outcome: error && isAppError(error, 'aborted') ? 'cancelled' : outcome,
					code: error ? exits[error.exit].status : exits.ok.status,
					cause: error?.message ?? null,
				})),
			),
		);
	else {
		for (const {entry, error} of outcomes) if (error) io.note(failureLine(pathOf(entry), error));
		if (words !== '') io.out(words);
	}

	return worstExit(outcomes.flatMap(({error}) => (error ? [exits[error.exit].status] : [])));
}

/** Why a key failed and what to do, with its name once. */
function failureLine(path: string, {message, hint}: AppError): string {
	const shown = sanitize(path);
	const why = message.includes(shown) ? message : t`${shown}: ${message}`;
	return hint === undefined || hint === '' ? why : t`${why} ${hint}`;
}
