import {isTyped} from '../../core/text/editing/line-editor.ts';
import {bindingsOf} from './bindings.ts';
import type {Scope} from './keymap.ts';

export type AvailableAction = {
	readonly scope: Scope;
	readonly action: string;
	readonly disabled?: string | undefined;
	/** Replaces the keymap's label where the action varies. */
	readonly label?: string | undefined;
};

/** An action and the key that triggers it. */
export type ReachableAction = {readonly available: AvailableAction; readonly key: string};

/**
 * Actions with the key that triggers each, in the given order: an earlier action takes the key from a later one.
 * While text is typed, no letter triggers anything.
 */
export function reachableActions(actions: readonly AvailableAction[], isTyping = false): readonly ReachableAction[] {
	const taken = new Set<string>();
	return actions.flatMap(available => {
		const {keys} = bindingsOf(available.scope)[available.action]!;
		const free = keys.find(key => !taken.has(key) && !(isTyping && isTyped(key)));
		for (const key of keys) taken.add(key);
		return free === undefined ? [] : [{available, key: free}];
	});
}
