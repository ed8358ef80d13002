import {suggestedCommand} from '../core/invocation.ts';
import {AppError} from '../core/errors.ts';
import type {Secret} from '../core/secret.ts';
import type {SlotNotes} from './format/content.ts';
import {captureSaveWarning, type SaveWarning} from './save-warning.ts';
import type {VaultSession} from './session.ts';
import {mostSlots, type Cost, type Slot} from './format/header.ts';
import {secretBytes} from './slots/kdf.ts';
import {newSlot, openSlots, type UnlockMethod, type SlotSource, type SlotType} from './slots/slots.ts';
import {keyOfSlot, type SshKey} from './slots/ssh-slot.ts';
import {t} from '../language/translate.ts';

export type SlotInfo = {
	readonly id: string;
	readonly type: SlotType;
	readonly label: string;
	/** ms since 1970; unknown for slots of an earlier program. */
	readonly createdAt: number | undefined;
	readonly isUsed: boolean;
	readonly isOf: (key: SshKey) => boolean;
};

export interface SlotManagement {
	slots(): readonly SlotInfo[];
	slotOf(opener: UnlockMethod): Promise<SlotInfo>;
	/**
	 * Gives the recovery key where one was made, which is never shown again, with `saved-not-durable` and
	 * `save-state-unknown` as `doubt`. Costs one KDF for a passphrase. Throws `slots-full`.
	 */
	addSlot(
		source: SlotSource,
		label: string,
	): Promise<{readonly slot: SlotInfo; readonly recoveryKey?: Secret | undefined} & SaveWarning>;
	/** Throws `no-such-slot`, or `last-slot` when no passphrase and no recovery key would be left. */
	removeSlot(id: string): Promise<void>;
	/**
	 * Replaces the passphrase of slot `id`, or else of the slot that opened the vault, or else of the only passphrase
	 * slot. Throws `no-such-slot` or `no-passphrase-slot`. Costs one KDF. Earlier saves still open with the old
	 * passphrase.
	 */
	changePassphrase(passphrase: Secret, id?: string): Promise<void>;
	/**
	 * Seals the vault with a new key and keeps only the given slots. Gives a recovery key and `doubt` as `addSlot`
	 * does. Throws `last-slot`, or `slot-changed` when another program has changed the slots since this vault was last
	 * read. Earlier saves still open with the old key.
	 */
	rekey(
		slots: readonly {readonly source: SlotSource; readonly label: string}[],
	): Promise<{readonly recoveryKey?: Secret | undefined} & SaveWarning>;
	/** Raises the cost of this passphrase's slot to that of a new one; true when it was lower. Costs up to two KDFs. */
	upgradeKdf(passphrase: Secret): Promise<boolean>;
	/** A copy of the vault's own key, for an agent to keep. The caller wipes it. */
	key(): {readonly vaultId: string; readonly key: Buffer};
}

/** Keys are derived before the lock is taken, so that no other program waits for a KDF. */
export function slotManagement(engine: VaultSession, clock: () => number, cost: () => Cost): SlotManagement {
	const {opened, holding, exclusive, random} = engine;

	function made(source: SlotSource, id?: string): ReturnType<typeof newSlot> {
		const {dek, state} = opened();
		return holding(Buffer.from(dek), async dek =>
			newSlot(source, {dek, vaultId: state.header.vaultId, cost: cost(), random}, id),
		);
	}

	function slots(): readonly SlotInfo[] {
		const {
			slotId,
			state: {header, content},
		} = opened();
		return header.slots.map(slot => infoOf(slot, content.slots, slotId));
	}

	function replace(old: Slot, slot: Slot, isNew: boolean): Promise<void> {
		return exclusive(async ({state: {header, content}, save}) => {
			if (header.slots.find(({id}) => id === old.id)?.wrapped !== old.wrapped) throw new AppError('slot-changed');
			const note = {label: content.slots?.[old.id]?.label ?? '', createdAt: clock()};
			await save({
				slots: header.slots.map(each => (each.id === old.id ? slot : each)),
				...(isNew && {
					content: {...content, slots: {...content.slots, [old.id]: note}},
					activity: {events: [{what: 'passphrase-changed', detail: note.label}]},
				}),
			});
		});
	}

	return {
		slots,

		async addSlot(source, label) {
			const {slot, recoveryKey} = await made(source);
			const createdAt = clock();
			const told = await captureSaveWarning(
				exclusive(async ({state: {header, content}, save}) => {
					if (header.slots.length >= mostSlots) throw new AppError('slots-full');
					if (
						source.type === 'ssh-agent' &&
						header.slots.some(each => each.type === 'ssh-agent' && keyOfSlot(each, [source.key]))
					)
						throw new AppError('invalid', {
							problem: t`This SSH key opens the vault already.`,
							fix: t`${suggestedCommand('slots')} lists them.`,
						});
					await save({
						slots: [...header.slots, slot],
						content: {...content, slots: {...content.slots, [slot.id]: {label, createdAt}}},
						activity: {events: [{what: 'slot-added', detail: slotDetail(slot, label)}]},
					});
				}),
			);
			return {
				slot: infoOf(slot, {[slot.id]: {label, createdAt}}, undefined),
				recoveryKey,
				...told,
			};
		},

		removeSlot: id =>
			exclusive(async ({state: {header, content}, save}) => {
				const slot = header.slots.find(slot => slot.id === id);
				if (!slot) throw new AppError('no-such-slot', {id});
				const left = header.slots.filter(slot => slot.id !== id);
				refuseLast(left, t`It is the last passphrase or recovery key of this vault`);
				await save({
					slots: left,
					content: {...content, slots: notesOf(left, content.slots)},
					activity: {events: [{what: 'slot-removed', detail: slotDetail(slot, content.slots?.[id]?.label)}]},
				});
			}),

		async changePassphrase(passphrase, id) {
			const {slotId, state} = opened();
			const old = passphraseSlotOf(state.header.slots, id ?? slotId, id !== undefined);
			const {slot} = await made({type: 'passphrase', passphrase}, old.id);
			await replace(old, slot, true);
		},

		async rekey(wanted) {
			const {vaultId, slots: known} = opened().state.header;
			return holding(secretBytes(random), async dek => {
				const made: Slot[] = [];
				const notes: Record<string, {label: string; createdAt: number}> = {};
				let recoveryKey: Secret | undefined;
				for (const {source, label} of wanted) {
					const {slot, recoveryKey: key} = await newSlot(source, {dek, vaultId, cost: cost(), random});
					made.push(slot);
					notes[slot.id] = {label, createdAt: clock()};
					recoveryKey ??= key;
				}

				refuseLast(made, t`A vault needs a passphrase or a recovery key`);
				if (made.length > mostSlots) throw new AppError('slots-full');
				const told = await captureSaveWarning(
					exclusive(async ({state: {header, content}, save}) => {
						// A slot that was added meanwhile would be lost without a question.
						if (JSON.stringify(header.slots) !== JSON.stringify(known)) throw new AppError('slot-changed');
						await save({
							dek,
							slots: made,
							content: {...content, slots: notes},
							activity: {events: [{what: 'rekeyed'}]},
						});
					}),
				);
				return {recoveryKey, ...told};
			});
		},

		async upgradeKdf(passphrase) {
			const {
				slotId,
				state: {header},
			} = opened();
			const old = header.slots.find(({id}) => id === slotId);
			if (old?.type !== 'passphrase' || workOf(old.kdf) >= workOf(cost())) return false;
			// A wrong passphrase here must not lock the owner out.
			const {dek} = await openSlots({vaultId: header.vaultId, slots: [old]}, {passphrase});
			dek.fill(0);
			const {slot} = await made({type: 'passphrase', passphrase}, old.id);
			await replace(old, slot, false);
			return true;
		},

		async slotOf(opener) {
			const {
				slotId,
				state: {header, content},
			} = opened();
			const found = await openSlots(header, opener);
			found.dek.fill(0);
			const slot = header.slots.find(({id}) => id === found.slotId);
			if (!slot) throw new AppError('wrong-vault-key');
			return infoOf(slot, content.slots, slotId);
		},

		key() {
			const {dek, state} = opened();
			return {vaultId: state.header.vaultId, key: Buffer.from(dek)};
		},
	};
}

function infoOf(slot: Slot, notes: SlotNotes | undefined, used: string | undefined): SlotInfo {
	const {id, type} = slot;
	const note = notes?.[id];
	return {
		id,
		type,
		label: note?.label ?? '',
		createdAt: note?.createdAt,
		isUsed: id === used,
		isOf: key => slot.type === 'ssh-agent' && keyOfSlot(slot, [key]) !== undefined,
	};
}

function slotDetail({type}: Slot, label = ''): string {
	return label === '' ? type : `${type}: ${label}`;
}

/** A key file or an SSH key can be lost with a machine, and the vault with it. */
function refuseLast(slots: readonly Slot[], what: string): void {
	if (!slots.some(({type}) => type === 'passphrase' || type === 'recovery')) throw new AppError('last-slot', {what});
}

function notesOf(slots: readonly Slot[], notes: SlotNotes | undefined): SlotNotes {
	return Object.fromEntries(Object.entries(notes ?? {}).filter(([id]) => slots.some(slot => slot.id === id)));
}

function passphraseSlotOf(slots: readonly Slot[], id: string | undefined, isNamed: boolean): Slot {
	const named = slots.find(slot => slot.id === id);
	if (named?.type === 'passphrase') return named;
	if (isNamed)
		throw named
			? new AppError('no-passphrase-slot', {problem: t`Slot ${named.id} is not a passphrase.`})
			: new AppError('no-such-slot', {id: id!});
	const [only, ...others] = slots.filter(({type}) => type === 'passphrase');
	if (!only) throw new AppError('no-passphrase-slot', {problem: t`This vault has no passphrase.`});
	if (others.length > 0) throw new AppError('no-passphrase-slot', {problem: t`This vault has several passphrases.`});
	return only;
}

function workOf({m, t}: Cost): number {
	return m * t;
}
