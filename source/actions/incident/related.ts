import type {StoredKey} from '../../core/key/key.ts';
import {isOnExchange} from '../../core/key/operation.ts';
import {byName} from '../../core/text/natural-order.ts';
import {isOfSameAccount} from './readers.ts';
import type {RelatedKey, Relation} from './report.ts';

/** The keys that a thief of this one may have too, those in the trash included, with what they have in common. */
export function relatedKeys(key: StoredKey, all: readonly StoredKey[]): readonly RelatedKey[] {
	return all
		.filter(other => other.id !== key.id && isOnExchange(other))
		.map(other => ({name: other.name, relations: relationsOf(key, other)}))
		.filter(({relations}) => relations.length > 0)
		.toSorted((left, right) => byName(left.name, right.name));
}

function relationsOf(one: StoredKey, other: StoredKey): readonly Relation[] {
	const programs = new Set((one.uses ?? []).map(({program}) => program));
	const shared: Readonly<Record<Relation, boolean>> = {
		account: isOfSameAccount(one, other),
		passphrase: isSame(one.credential.passphrase, other.credential.passphrase),
		secret: isSame(one.credential.secretKey, other.credential.secretKey),
		address: one.ip.some(entry => other.ip.includes(entry)),
		program: (other.uses ?? []).some(({by, program}) => by !== 'copy' && programs.has(program)),
	};
	return (Object.keys(shared) as Relation[]).filter(relation => shared[relation]);
}

function isSame(one: StoredKey['credential']['secretKey'], other: StoredKey['credential']['secretKey']): boolean {
	const text = one.reveal();
	return text !== '' && text === other.reveal();
}
