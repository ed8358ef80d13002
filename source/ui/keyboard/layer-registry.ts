import type {AvailableAction} from './available-action.ts';

/**
 * A higher rank is asked first. React mounts children before parents, so age alone would put the frame before a
 * field.
 */
const ranks = {frame: 0, screen: 1, field: 2};
export type LayerRank = keyof typeof ranks;

/**
 * A listener of the keyboard; each function returns whether it took the event. `isEarly`: the key was pressed before
 * the layer existed.
 */
export type Layer = {
	readonly rank: LayerRank;
	readonly key: (name: string, isEarly: boolean) => boolean;
	readonly paste: (text: string) => boolean;
	/** Takes a run of letters at once, where one by one would do the same. */
	readonly text: ((typed: string, isEarly: boolean) => boolean) | undefined;
	readonly takesText: boolean;
};

export type LayerEntry = {
	readonly layer: Layer;
	/** The last input event before the layer existed. */
	readonly since: number;
	readonly actions: readonly AvailableAction[];
};

export type LayerRegistry = ReturnType<typeof createLayerRegistry>;

export function createLayerRegistry() {
	let entries: readonly LayerEntry[] = [];
	let inputEvent = 0;
	let version = 0;
	const listeners = new Set<() => void>();
	const change = (next: readonly LayerEntry[]) => {
		entries = next;
		version++;
		for (const listener of listeners) listener();
	};

	return {
		inOrder: () => entries.toReversed().toSorted((a, b) => ranks[b.layer.rank] - ranks[a.layer.rank]),
		nextInputEvent: () => ++inputEvent,

		add(layer: Layer, actions: readonly AvailableAction[]) {
			let entry: LayerEntry = {layer, since: inputEvent, actions};
			change([...entries, entry]);
			return {
				setActions(next: readonly AvailableAction[]) {
					if (sameActions(entry.actions, next)) return;
					const before = entry;
					entry = {...before, actions: next};
					change(entries.map(other => (other === before ? entry : other)));
				},
				remove() {
					change(entries.filter(other => other !== entry));
				},
			};
		},

		version: () => version,
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}

/** A screen rebuilds its list at each render, mostly with the same content. */
function sameActions(left: readonly AvailableAction[], right: readonly AvailableAction[]): boolean {
	return (
		left.length === right.length &&
		left.every(({scope, action, disabled, label}, index) => {
			const other = right[index]!;
			return scope === other.scope && action === other.action && disabled === other.disabled && label === other.label;
		})
	);
}
