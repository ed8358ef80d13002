import {createContext, useContext, useEffect, useMemo, useSyncExternalStore} from 'react';
import {noneMarked, onlyMarked, type Marked} from '../core/key-list/marks.ts';
import type {ShownKey} from '../core/key/operation.ts';

export type MarkStore = {
	readonly read: () => Marked;
	readonly change: (change: (marked: Marked) => Marked) => void;
	readonly subscribe: (listener: () => void) => () => void;
};

/** Marks belong to no screen, so that one can act on the keys that were marked on another. */
export function createMarkStore(): MarkStore {
	let marked = noneMarked;
	const listeners = new Set<() => void>();
	return {
		read: () => marked,
		change(change) {
			const next = change(marked);
			if (next === marked) return;
			marked = next;
			for (const listener of listeners) listener();
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}

export const MarksContext = createContext<MarkStore>(createMarkStore());

/** The marked ones of all keys, in their order; a key that is not among them loses its mark. */
export function useMarks(all: readonly ShownKey[]): {
	readonly marked: readonly ShownKey[];
	readonly change: MarkStore['change'];
} {
	const {read, change, subscribe} = useContext(MarksContext);
	const ids = useSyncExternalStore(subscribe, read);
	useEffect(() => {
		if (read().size > 0) change(marked => onlyMarked(marked, new Set(all.map(({id}) => id))));
	}, [all, read, change]);
	const marked = useMemo(() => (ids.size === 0 ? [] : all.filter(({id}) => ids.has(id))), [all, ids]);
	return {marked, change};
}

export function useUnmark(): (ids: readonly string[]) => void {
	const {change} = useContext(MarksContext);
	return ids => {
		change(marked => marked.difference(new Set(ids)));
	};
}
