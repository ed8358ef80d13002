import {slotWords} from '../../core/slot-words.ts';
import type {SlotInfo} from '../../vault/vault.ts';

export function slotJson({id, type, label, createdAt, isUsed}: SlotInfo) {
	return {id, type: type === 'keyfile' ? 'key-file' : type, label, createdAt: createdAt ?? null, used: isUsed};
}

export function slotPhrase({id, type, label}: SlotInfo): string {
	return `${slotWords[type]()}${label === '' ? '' : ` “${label}”`} (${id})`;
}
