import {msg, type Translatable} from '../../language/translate.ts';

type Kind = {
	readonly label: Translatable;
	/** Frequent by nature: kept apart, so that it pushes nothing else out. */
	readonly isRoutine?: true;
	/** Done again at once by the same person with the same keys, it is counted in the entry of the first time. */
	readonly isCounted?: true;
};

/** What is recorded, by its name in the vault and in JSON. */
const kinds = {
	created: {label: msg`created`},
	added: {label: msg`added`},
	imported: {label: msg`imported`},
	edited: {label: msg`edited`},
	tested: {label: msg`tested`, isRoutine: true, isCounted: true},
	revealed: {label: msg`secrets shown`, isCounted: true},
	copied: {label: msg`copied`, isRoutine: true, isCounted: true},
	exported: {label: msg`exported`, isCounted: true},
	executed: {label: msg`given to a program`, isRoutine: true, isCounted: true},
	'rotation-started': {label: msg`rotation started`},
	'rotation-handed-over': {label: msg`new key handed over`},
	'rotation-finished': {label: msg`rotation finished`},
	'rotation-aborting': {label: msg`rotation being aborted`},
	'rotation-aborted': {label: msg`rotation aborted`},
	frozen: {label: msg`frozen`},
	thawed: {label: msg`thawed`},
	suspected: {label: msg`suspected to be leaked`},
	revoked: {label: msg`revoked`},
	removed: {label: msg`put into the trash`},
	restored: {label: msg`taken from the trash`},
	deleted: {label: msg`deleted from the vault`},
	undone: {label: msg`undone`},
	'creation-cleared': {label: msg`unfinished creation cleared`},
	'deleted-on-exchange': {label: msg`deleted on the exchange`},
	'known-elsewhere': {label: msg`noted as kept elsewhere`},
	'vault-created': {label: msg`vault created`},
	'vault-restored': {label: msg`vault restored`},
	'slot-added': {label: msg`unlock method added`},
	'slot-removed': {label: msg`unlock method removed`},
	'passphrase-changed': {label: msg`passphrase changed`},
	rekeyed: {label: msg`sealed with a new key`},
	unrecorded: {label: msg`saved by a version that records nothing`},
} as const satisfies Readonly<Record<string, Kind>>;

export type ActivityKind = keyof typeof kinds;

export const activityKinds: Readonly<Record<ActivityKind, Kind>> = kinds;

export function isActivityKind(what: string): what is ActivityKind {
	return Object.hasOwn(kinds, what);
}
