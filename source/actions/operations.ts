import {creationsIn, type CreateOperation, type Operation} from '../core/key/operation.ts';
import type {VaultContent} from '../vault/vault.ts';

export function creationById(content: VaultContent, id: string): CreateOperation | undefined {
	return creationsIn(content).find(creation => creation.id === id);
}

export function withOperation(content: VaultContent, operation: Operation): VaultContent {
	return {...content, operations: [...(content.operations ?? []), operation]};
}

export function withChangedOperation(content: VaultContent, changed: Operation): VaultContent {
	return {
		...content,
		operations: (content.operations ?? []).map(operation => (operation.id === changed.id ? changed : operation)),
	};
}

export function withoutOperation({operations = [], ...content}: VaultContent, id: string): VaultContent {
	const left = operations.filter(operation => operation.id !== id);
	return left.length === 0 ? content : {...content, operations: left};
}
