import {suggestedCommand} from '../../core/invocation.ts';
import type {VaultContent} from '../../vault/vault.ts';
import {rotationOf} from '../rotation.ts';
import {pathOf, type InventoryEntry} from './inventory.ts';
import {stateWord} from './words.ts';
import {listed, msg, type Translatable} from '../../language/translate.ts';

/** The commands that can come next for an entry, the likeliest first. */
export function nextCommands(entry: InventoryEntry, content: VaultContent): readonly string[] {
	return nextSteps(entry, content).map(({command}) => command);
}

type NextStep = {readonly command: string; readonly does: Translatable};

const effects = {
	import: msg`stores it`,
	delete: msg`deletes it on the exchange`,
	known: msg`notes that it is kept elsewhere`,
	unknown: msg`counts it as unknown again`,
	restore: msg`brings it back`,
	clear: msg`clears it away`,
	continue: msg`goes on`,
	abort: msg`undoes the rotation`,
	use: msg`takes it back into use`,
	revoke: msg`marks it as revoked`,
	declare: msg`declares what the exchange has`,
	enforce: msg`sets the exchange to what is declared`,
} as const;

/** For an entry of each state, a sentence such as `unknown here: okx-keys adopt --import … stores it, …`. */
export function nextWords(entry: InventoryEntry, content: VaultContent): string {
	const steps = nextSteps(entry, content).map(({command, does}) => `${command} ${does()}`);
	return `${stateWord(entry)}: ${listed(steps)}.`;
}

function nextSteps(entry: InventoryEntry, content: VaultContent): readonly NextStep[] {
	const path = pathOf(entry);
	const step = (does: keyof typeof effects, ...words: readonly string[]): NextStep => ({
		command: suggestedCommand(...words),
		does: effects[does],
	});
	const remove = step('delete', 'adopt', '--delete', path);
	const name = entry.key?.name ?? '';
	switch (entry.state) {
		case 'unknown':
			return [step('import', 'adopt', '--import', path), remove, step('known', 'adopt', '--known', path)];
		case 'unfinished': {
			const rotation = rotationOf(content, entry.creation?.id ?? entry.key?.id ?? '');
			if (rotation)
				return [
					...(rotation.step === 'aborting' ? [] : [step('continue', 'rotate', rotation.name, '--continue')]),
					step('abort', 'rotate', rotation.name, '--abort'),
				];
			return entry.listed ? [remove] : [step('clear', 'adopt', '--delete', path)];
		}

		case 'trash':
			return [step('restore', 'restore-key', name), remove];
		case 'revoked':
			return [step('use', 'adopt', '--accept', name), remove];
		case 'gone':
			return [step('revoke', 'adopt', '--accept', name)];
		case 'differs':
			return [
				...frozenStep(entry, step),
				step('declare', 'adopt', '--accept', name),
				...(isEnforceable(entry) ? [step('enforce', 'adopt', '--enforce', name)] : []),
			];
		case 'known':
			return [step('unknown', 'adopt', '--unknown', path)];
		case 'agrees':
			return [];
		default:
			return entry.state satisfies never;
	}
}

/** A freeze or a thaw that was cut off is what makes the difference. */
function frozenStep(
	{key}: InventoryEntry,
	step: (does: keyof typeof effects, ...words: readonly string[]) => NextStep,
): readonly NextStep[] {
	const state = key?.freeze?.readOnly?.state;
	if (!key || state === undefined) return [];
	return [
		state === 'lifting' ? step('continue', 'thaw', key.name) : step('continue', 'freeze', key.name, '--read-only'),
	];
}

/** Whether the exchange can be set to what is declared: not for a label or an account. */
export function isEnforceable({drift, key}: Pick<InventoryEntry, 'drift' | 'key'>): boolean {
	return !key?.freeze?.readOnly && drift.some(({field}) => field === 'permissions' || field === 'ip');
}
