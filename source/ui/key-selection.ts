import {createContext, useContext, useEffect, useEffectEvent} from 'react';

export type KeySelection = {
	/** Selects a key in every open list of keys. */
	readonly select: (id: string) => void;
	readonly subscribe: (listener: (id: string) => void) => () => void;
};

export function createKeySelection(): KeySelection {
	const listeners = new Set<(id: string) => void>();
	return {
		select(id) {
			for (const listener of listeners) listener(id);
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}

export const KeySelectionContext = createContext<KeySelection>(createKeySelection());

/** Returns a function that selects a key of the vault in every open list of keys. */
export function useSelectKey(): (id: string) => void {
	return useContext(KeySelectionContext).select;
}

/** Calls `onSelect` when another screen wants a key selected in this list. */
export function useWantedSelection(onSelect: (id: string) => void): void {
	const {subscribe} = useContext(KeySelectionContext);
	const listener = useEffectEvent(onSelect);
	useEffect(
		() =>
			subscribe(id => {
				listener(id);
			}),
		[subscribe],
	);
}
