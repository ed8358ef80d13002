import {createContext, useContext} from 'react';
import {actionFor, bindingsOf} from './bindings.ts';
import type {ActionOf, Scope} from './keymap.ts';
import type {LayerRank} from './layer-registry.ts';
import {useLayer} from './layers.ts';

/**
 * What an action does, or the reason why it is disabled, shown when its key is pressed. An action that varies gives
 * its own label, and whether it changes something.
 */
export type Handler =
	| (() => void)
	| {readonly disabled: string}
	| {readonly act: () => void; readonly label: string; readonly changes?: boolean};
export type Handlers<S extends Scope> = {readonly [Action in ActionOf<S>]?: Handler | undefined};

type KeyRules = {
	/** The reason why no action may change anything. */
	readonly readonly: string | undefined;
	/** The reason why no action may show a secret. */
	readonly noSecrets: string | undefined;
	readonly onDisabled: (reason: string) => void;
};
export const KeyRulesContext = createContext<KeyRules>({readonly: undefined, noSecrets: undefined, onDisabled() {}});

/** Binds handlers to the actions of a scope. Without a handler, the action's key is free for other layers. */
export function useActions<S extends Scope>(
	scope: S,
	handlers: Handlers<S>,
	{rank = 'screen', isActive = true}: {readonly rank?: LayerRank; readonly isActive?: boolean} = {},
): void {
	const rules = useContext(KeyRulesContext);
	const reasonAgainst = (action: string, handler: Handler) => {
		const {changes, dangerous, secrets} = bindingsOf(scope)[action]!;
		const isChange = changes || dangerous !== undefined || ('changes' in handler && handler.changes);
		if (rules.readonly !== undefined && isChange) return rules.readonly;
		if (rules.noSecrets !== undefined && secrets) return rules.noSecrets;
		return 'disabled' in handler ? handler.disabled : undefined;
	};
	const bound = Object.entries<Handler | undefined>(handlers).filter(
		(entry): entry is [ActionOf<S>, Handler] => entry[1] !== undefined,
	);

	useLayer(
		{
			rank,
			actions: bound.map(([action, handler]) => ({
				scope,
				action,
				disabled: reasonAgainst(action, handler),
				label: 'label' in handler ? handler.label : undefined,
			})),
			key(name) {
				const action = actionFor(scope, name);
				const handler = action && handlers[action];
				if (!action || !handler) return false;
				const reason = reasonAgainst(action, handler);
				if (reason !== undefined) rules.onDisabled(reason);
				else if (typeof handler === 'function') handler();
				else if ('act' in handler) handler.act();
				return true;
			},
		},
		isActive,
	);
}
