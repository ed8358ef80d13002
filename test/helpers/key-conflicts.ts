import type {AvailableAction} from '../../source/ui/keyboard/available-action.ts';
import {bindingsOf} from '../../source/ui/keyboard/bindings.ts';

/** Keys that would trigger two of these actions; a binding that yields to a screen is no conflict. */
export function keyConflicts(actions: readonly AvailableAction[]): string[] {
	const byKey = Map.groupBy(
		actions.flatMap(({scope, action}) => {
			const {keys, yields} = bindingsOf(scope)[action]!;
			return yields ? [] : keys.map(key => ({key, name: `${scope}.${action}`}));
		}),
		({key}) => key,
	);
	return [...byKey]
		.map(([key, uses]) => ({key, names: [...new Set(uses.map(({name}) => name))]}))
		.filter(({names}) => names.length > 1)
		.map(({key, names}) => `${key}: ${names.join(', ')}`);
}
