import {sanitize} from '../core/text/sanitize.ts';
import {AppError} from '../core/errors.ts';
import type {PresentVault} from './copy-opener.ts';
import type {KeyedState} from './open-state.ts';
import type {VaultSession} from './session.ts';

export function createRestore(
	session: VaultSession,
): (copy: KeyedState, present: PresentVault) => Promise<{readonly keptAs?: string}> {
	const {path, store, queued, holding} = session;

	/**
	 * The content of the copy under the key and slots of the newer save, so that neither an old passphrase nor an old
	 * key comes back. Its number is above all that was seen here; a file that does not open claims nothing.
	 */
	function nextOf({dek, state}: KeyedState, present: PresentVault) {
		const {vaultId, rev} = state.header;
		const seen = session.seen?.of(store.id, vaultId)?.rev ?? 0;
		if (!('state' in present) || present.state.header.vaultId !== vaultId)
			return {
				dek: Buffer.from(dek),
				content: state.content,
				header: {...state.header, rev: Math.max(rev, seen) + 1},
				aside: true,
			};
		const later = keepsSlots({dek, state}, present) ? present : {dek, state};
		return {
			dek: Buffer.from(later.dek),
			// What was done since the copy stays on record.
			content: {...state.content, slots: later.state.content.slots, activity: later.state.content.activity},
			header: {...later.state.header, rev: Math.max(rev, present.state.header.rev, seen) + 1},
			aside: false,
		};
	}

	return (copy, present) => {
		const {dek, content: restored, header, aside} = nextOf(copy, present);
		const detail = String(copy.state.header.rev);
		const content = session.record(restored, {
			rev: header.rev,
			note: {events: [{what: 'vault-restored', detail}]},
		});
		return queued(async () =>
			holding(dek, async dek => {
				const before = session.locks();
				await store.initialize();
				return store.exclusively(async () => {
					if ((await store.version()) !== present.version)
						throw new AppError('restore-conflict', {path: sanitize(path)});
					const keptAs = await session.save(
						content,
						dek,
						header,
						present.version,
						saved => {
							session.begin({dek}, saved, before);
						},
						{aside},
					);
					if ('state' in present ? aside : present.isOther) await store.archive();
					return keptAs === undefined ? {} : {keptAs};
				});
			}),
		);
	};
}

export function keepsSlots({state: {header}}: KeyedState, present: PresentVault): present is PresentVault & KeyedState {
	return (
		'state' in present && present.state.header.vaultId === header.vaultId && present.state.header.rev >= header.rev
	);
}

export function isReplaceable(present: PresentVault): boolean {
	return !('problem' in present) || replaceable.has(present.problem.code);
}

const replaceable: ReadonlySet<string> = new Set([
	'vault-missing',
	'vault-damaged',
	'not-a-vault',
	'wrong-passphrase',
	'wrong-recovery-key',
	'wrong-key-file',
	'ssh-agent',
	'wrong-vault-key',
]);
