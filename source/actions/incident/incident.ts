import {isAppError, type AppError} from '../../core/errors.ts';
import {blastRadius} from '../../core/health/blast-radius.ts';
import {asLastSeen, type StoredKey} from '../../core/key/key.ts';
import {apiPage} from '../../exchange/sites.ts';
import type {Context} from '../context.ts';
import {keyById, keyInUse, refuseReadonly} from '../keys.ts';
import {cutOff, endIncident, noteIncident, usualStart} from './cut-off.ts';
import {readAccount, type ReadProgress} from './read-account.ts';
import {otherReaders} from './readers.ts';
import {relatedKeys} from './related.ts';
import type {CutState, IncidentReport} from './report.ts';
import {notingRequests} from './requests.ts';

export type IncidentOptions = {
	/** How far back to look, ms since 1970: without it a week, or as an incident that was cut off was told. */
	readonly since?: number | undefined;
	/** Deletes the key before its account is read, even where no other key of this vault reads it. */
	readonly revokeFirst?: boolean;
	/** Ends the reading; the key is cut off and deleted all the same. */
	readonly signal?: AbortSignal | undefined;
	/** Called once the key is cut off, or with `works` if only the exchange's page can do that. */
	readonly onCut?: ((key: StoredKey) => void) | undefined;
	readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
};

export type Incident = {
	readonly report: IncidentReport;
	/** Why the exchange still has the key. */
	readonly problem: AppError | undefined;
};

/**
 * Cuts off a key that is suspected to be leaked, before anything else: it is frozen here, and deleted on the exchange.
 * Where only the key itself can read what it did, it first loses all but Read, and is deleted after the reading. Each
 * step is noted with the key before it is taken, so that a second call goes on. Throws `incident-not-cut`.
 */
export async function handleIncident(context: Context, id: string, options: IncidentOptions = {}): Promise<Incident> {
	refuseReadonly(context);
	const {context: noting, requests} = notingRequests(context);
	const given = keyInUse(context.vault.read(), id);
	const keepsReading = options.revokeFirst !== true && otherReaders(context, given).length === 0;
	const noted = await noteIncident(noting, given, options.since);
	const cut = await cutOff(noting, noted, {keepsReading});
	options.onCut?.(cut);
	const since = cut.incident?.since ?? options.since ?? usualStart(context.clock());
	const {account, ...seen} = await readAccount(noting, cut, {...options, since});
	const problem = await endIncident(noting, id).then(
		() => undefined,
		(error: unknown) => {
			if (isAppError(error)) return error;
			throw error;
		},
	);
	const content = context.vault.read();
	const key = keyById(content, id);
	const host = await context.exchange.locate(key.site).then(
		url => url.host,
		() => null,
	);
	return {
		report: {
			at: context.clock(),
			key: {
				name: key.name,
				label: key.label,
				apiKeyBegins: key.credential.apiKey.slice(0, shownOfApiKey),
				environment: key.environment,
				site: key.site,
				host,
				account,
				page: apiPage(key),
			},
			cut: {
				state: stateOf(key),
				begunAt: key.incident?.at ?? context.clock(),
				at: key.incident?.cutAt ?? null,
				deletedAt: key.incident?.deletedAt ?? null,
				problem: problem?.message ?? null,
			},
			could: couldOf(key),
			since,
			...seen,
			requests: requests(),
			related: relatedKeys(key, content.keys),
			uses: key.uses ?? [],
			copies: key.copies ?? [],
		},
		problem,
	};
}

/** As many characters as the exchange itself writes of an API key in its messages (docs/okx-api.md §4.3). */
const shownOfApiKey = 8;

function stateOf({status, incident}: StoredKey): CutState {
	if (status === 'revoked') return 'deleted';
	return incident?.step === 'read-only' ? 'read-only' : 'works';
}

/** What it could do before it was cut off. */
function couldOf(key: StoredKey): IncidentReport['could'] {
	const {permissions, ip} = key.incident?.before ?? asLastSeen(key);
	const live = key.lastTest?.live ?? null;
	const before = {...key, status: 'active', permissions, ip} as const;
	return {permissions, ip, words: blastRadius(before, live && {...live, permissions, ip}) ?? ''};
}
