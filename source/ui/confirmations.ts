import type {ShownKey} from '../core/key/operation.ts';
import {msg, t, type Translatable} from '../language/translate.ts';

/**
 * Every act that is hard to undo; one confirm screen asks for all of them. A route carries the act, never a callback.
 */
export type ConfirmableAction =
	| {readonly act: 'revoke'; readonly id: string}
	| {readonly act: 'remove'; readonly id: string}
	| {readonly act: 'rotate'; readonly id: string}
	| {readonly act: 'revoke-old'; readonly id: string}
	| {readonly act: 'continue-rotation'; readonly id: string}
	| {readonly act: 'abort-rotation'; readonly id: string}
	| {readonly act: 'incident'; readonly id: string}
	| {readonly act: 'freeze'; readonly id: string}
	| {readonly act: 'freeze-read-only'; readonly id: string}
	| {readonly act: 'thaw'; readonly id: string}
	| {readonly act: 'ask-sites'; readonly id: string; readonly hosts: readonly string[]}
	| {readonly act: 'discard'; readonly losing: UnsavedState}
	| {readonly act: 'leave'; readonly how: ExitKind; readonly losing: UnsavedState};

export type ExitKind = 'quit' | 'lock';

export const unsavedStates = {
	typed: msg`What you have typed is lost.`,
	recovery: msg`The recovery key is shown only now. Without it, a forgotten passphrase means that the vault is lost.`,
	unsaved: msg`What you see exists only in memory: the vault is gone, damaged or older. The last changes
		may be in no save that is kept.`,
	secrets: msg`You have not said that you have saved them. They are in this vault: the screen of the key shows
		them.`,
} as const;
export type UnsavedState = keyof typeof unsavedStates;

export type ConfirmableActionName = ConfirmableAction['act'];

type Confirmation = {
	readonly question: (name: string) => string;
	readonly consequence: Translatable;
	/** Whether a key that is live on the real exchange requires its name to be typed. */
	readonly byName: boolean;
	readonly refused?: Translatable;
};

const unchanged = msg`Nothing was changed.`;

export const confirmations: Readonly<Record<ConfirmableActionName, Confirmation>> = {
	revoke: {
		question: name => t`Revoke ${name} on the exchange?`,
		consequence: msg`The exchange deletes the key at once, and whatever uses it stops working. It cannot be brought
			back.`,
		byName: true,
		refused: unchanged,
	},
	remove: {
		question: name => t`Remove ${name} from this vault?`,
		consequence: msg`It goes to the trash of the vault; undo brings it back, and later restore-key does. The exchange is
			not told.`,
		byName: false,
		refused: unchanged,
	},
	rotate: {
		question: name => t`Rotate ${name}?`,
		consequence: msg`The exchange makes a new key of the same settings, which is tested and gets the name. From then on,
			nothing is given the old one, which goes on working until you revoke it.`,
		byName: false,
		refused: unchanged,
	},
	'revoke-old': {
		question: name => t`Revoke ${name}, which was rotated?`,
		consequence: msg`The exchange deletes the old key at once, and whatever still uses it stops working. It goes to the
			trash with its history.`,
		byName: true,
		refused: unchanged,
	},
	'continue-rotation': {
		question: name => t`Go on with the rotation of ${name}?`,
		consequence: msg`The new key is made where it was not, tested, and gets the name. From then on, nothing is given the
			old one, which goes on working until you revoke it.`,
		byName: false,
		refused: unchanged,
	},
	'abort-rotation': {
		question: name => t`Undo the rotation of ${name}?`,
		consequence: msg`The old key has its name again, and can be used. The exchange deletes the new key at once, and
			whatever uses that one stops working.`,
		byName: true,
		refused: unchanged,
	},
	incident: {
		question: name => t`May ${name} be leaked? Cut it off?`,
		consequence: msg`It is frozen here and deleted on the exchange at once, and whatever uses it stops working. Then
			what its account did is read.`,
		byName: true,
		refused: unchanged,
	},
	freeze: {
		question: name => t`Freeze ${name}?`,
		consequence: msg`From now on no program is given it, and it is neither exported, copied nor tested, until it is
			thawed. The exchange is not told, and programs that have it keep it.`,
		byName: false,
		refused: unchanged,
	},
	'freeze-read-only': {
		question: name => t`Freeze ${name}, and leave it only Read on the exchange?`,
		consequence: msg`No program is given it until it is thawed, and orders of those that trade with it fail at once.
			What is open on the exchange stays open. Thawing sets its permissions back.`,
		byName: false,
		refused: unchanged,
	},
	thaw: {
		question: name => t`Let ${name} be used again?`,
		consequence: msg`Programs are given it again. Permissions that were taken from it on the exchange when it was frozen
			are set back there.`,
		byName: false,
		refused: unchanged,
	},
	'ask-sites': {
		question: name => t`Ask OKX’s other sites about ${name}?`,
		consequence: msg`each get to see a signed call with its API key and passphrase, one after another, until one knows
			it. The secret key is not sent.`,
		byName: false,
		refused: msg`No other site was asked.`,
	},
	discard: {
		question: () => t`Leave without saving?`,
		consequence: unsavedStates.typed,
		byName: false,
	},
	leave: {
		question: () => t`Leave now?`,
		consequence: msg`Something here is not finished.`,
		byName: false,
	},
};

export function consequenceOf(danger: ConfirmableAction): string {
	const {consequence} = confirmations[danger.act];
	if (danger.act === 'ask-sites') return `${danger.hosts.join(', ')} ${consequence()}`;
	return danger.act === 'leave' || danger.act === 'discard' ? unsavedStates[danger.losing]() : consequence();
}

export function asksForName(act: ConfirmableActionName, key: ShownKey | undefined, sandbox: boolean): boolean {
	return confirmations[act].byName && !sandbox && key?.environment === 'live';
}
