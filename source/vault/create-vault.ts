import type {Secret} from '../core/secret.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {toBase64} from './format/base64.ts';
import type {VaultContent} from './format/content.ts';
import {isWithinCostBounds, lengths, type Cost} from './format/header.ts';
import {captureSaveWarning, type SaveWarning} from './save-warning.ts';
import type {VaultSession} from './session.ts';
import {secretBytes} from './slots/kdf.ts';
import {newSlot} from './slots/slots.ts';

export function vaultCreation(
	session: VaultSession,
	clock: () => number,
	cost: () => Cost,
): (passphrase: Secret, content: VaultContent) => Promise<{readonly recoveryKey: Secret} & SaveWarning> {
	const {path, store, random, seen, queued, holding, record} = session;

	return (passphrase, content) =>
		queued(async () => {
			if (!isWithinCostBounds(cost())) throw new TypeError('A vault made with this cost could not be opened again.');
			const before = session.locks();
			if ((await store.version()) !== null) throw new AppError('vault-exists', {path: sanitize(path)});
			// An unsafe memory of seen saves is reported now, not by the first unlock.
			seen?.of(store.id, '');
			return holding(secretBytes(random), async dek => {
				const target = {dek, vaultId: toBase64(random(lengths.vaultId)), cost: cost(), random};
				const {slot} = await newSlot({type: 'passphrase', passphrase}, target);
				const {slot: recovery, recoveryKey} = await newSlot({type: 'recovery'}, target);
				const createdAt = clock();
				const notes = {[slot.id]: {label: '', createdAt}, [recovery.id]: {label: '', createdAt}};
				await asNew(async () => store.initialize());
				const warning = await captureSaveWarning(
					store.exclusively(async () =>
						asNew(async () => {
							await session.save(
								record({...content, slots: notes}, {rev: 1, note: {events: [{what: 'vault-created'}]}}),
								dek,
								{vaultId: target.vaultId, rev: 1, slots: [slot, recovery]},
								null,
								state => {
									if (session.locks() === before) session.begin({dek, slotId: slot.id}, state, before);
								},
							);
							await store.archive();
						}),
					),
				);
				return {recoveryKey: recoveryKey!, ...warning};
			});
		});
}

/** A failed save must not mention an earlier vault, because there was none. */
async function asNew(make: () => Promise<void>): Promise<void> {
	try {
		await make();
	} catch (error) {
		throw isAppError(error, 'not-saved')
			? new AppError('not-saved', {...error.details, isNew: true}, {cause: error})
			: error;
	}
}
