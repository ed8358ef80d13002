import {keyById} from '../../actions/keys.ts';
import type {StoredKey} from '../../core/key/key.ts';
import type {RotateOperation} from '../../core/key/operation.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import type {StatusMessage} from '../shell/shell.ts';
import type {VaultContent} from '../../vault/vault.ts';
import {t} from '../../language/translate.ts';

export function handedOverWords(content: VaultContent, {name, oldId}: RotateOperation): StatusMessage {
	const old = keyById(content, oldId);
	return {
		text: t`${sanitize(name)} is the new key now; the old one is ${sanitize(old.name)}.`,
		hint: t`${shownKeyOf('key', 'rotate')} on either shows who may have the old one still, and revokes it.`,
		tone: 'good',
	};
}

export function rotatedWords({name}: Pick<StoredKey, 'name'>): string {
	return t`${sanitize(name)} is rotated: the old key is revoked, and in the trash with its history.`;
}
