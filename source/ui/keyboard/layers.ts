import {createContext, useContext, useEffectEvent, useLayoutEffect, useRef, useSyncExternalStore} from 'react';
import type {AvailableAction} from './available-action.ts';
import type {Layer, LayerRegistry} from './layer-registry.ts';

export const LayersContext = createContext<LayerRegistry | undefined>(undefined);

/** Whether a screen has the keyboard. */
export const Active = createContext(true);

type LayerInput = Pick<Layer, 'rank' | 'key'> &
	Partial<Pick<Layer, 'paste' | 'text' | 'takesText'>> & {readonly actions?: readonly AvailableAction[]};

/** Whether the screen around has the keyboard. */
export function useHasKeyboard(): boolean {
	return useContext(Active);
}

/** Adds a layer while mounted and active, on the screen that has the keyboard. */
export function useLayer({rank, key, paste, text, takesText = false, actions = []}: LayerInput, isActive = true): void {
	const layers = useContext(LayersContext)!;
	const hasKeyboard = useContext(Active) || rank === 'frame';
	const onKey = useEffectEvent(key);
	const onPaste = useEffectEvent((pasted: string) => paste?.(pasted) ?? false);
	const onText = useEffectEvent((typed: string, isEarly: boolean) => text?.(typed, isEarly) ?? false);
	const hasText = text !== undefined;
	const currentActions = useEffectEvent(() => actions);

	const registration = useRef<ReturnType<LayerRegistry['add']>>(undefined);
	useLayoutEffect(() => {
		if (!isActive || !hasKeyboard) return undefined;
		const added = layers.add(
			{
				rank,
				takesText,
				key: (name, isEarly) => onKey(name, isEarly),
				paste: pasted => onPaste(pasted),
				text: hasText ? (typed, isEarly) => onText(typed, isEarly) : undefined,
			},
			currentActions(),
		);
		registration.current = added;
		return () => {
			registration.current = undefined;
			added.remove();
		};
	}, [layers, rank, takesText, hasText, isActive, hasKeyboard]);
	useLayoutEffect(() => {
		registration.current?.setActions(actions);
	});
}

type ActionsNow = {readonly actions: readonly AvailableAction[]; readonly isTyping: boolean};

/** All possible actions in the order of asking, and whether text is typed; updated with every change. */
export function useAvailableActions(): ActionsNow {
	const layers = useContext(LayersContext)!;
	useSyncExternalStore(
		listener => layers.subscribe(listener),
		() => layers.version(),
	);
	return actionsNow(layers);
}

/** Returns a function that reads the possible actions when it is called, for help and the palette. */
export function useActionSnapshot(): () => ActionsNow {
	const layers = useContext(LayersContext)!;
	return () => actionsNow(layers);
}

function actionsNow(layers: LayerRegistry): ActionsNow {
	const inOrder = layers.inOrder();
	return {actions: inOrder.flatMap(({actions}) => actions), isTyping: inOrder.some(({layer}) => layer.takesText)};
}
