import {isTyped} from '../../core/text/line-editor.ts';
import {bindingsOf} from './bindings.ts';
import type {Scope} from './keymap.ts';

/** Something that can be done now, or why it cannot; what footer, help and palette are made of. */
export type AvailableAction = {
	readonly scope: Scope;
	readonly action: string;
	readonly disabled?: string | undefined;
	/** What it does this time, where the keymap's own label can only be general. */
	readonly label?: string | undefined;
};

/**
 * What can be done with the key that does it, in the order given: a key that an earlier action takes is not free for
 * a later one. While letters are typed, no letter is free.
 */
export function reachableActions(
	actions: readonly AvailableAction[],
	isTyping = false,
): readonly {readonly available: AvailableAction; readonly key: string}[] {
	const taken = new Set<string>();
	return actions.flatMap(available => {
		const {keys} = bindingsOf(available.scope)[available.action]!;
		const free = keys.find(key => !taken.has(key) && !(isTyping && isTyped(key)));
		for (const key of keys) taken.add(key);
		return free === undefined ? [] : [{available, key: free}];
	});
}
