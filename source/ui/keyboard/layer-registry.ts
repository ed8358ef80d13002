import type {AvailableAction} from './available-action.ts';

/** Which layer is asked first. React mounts children before parents, so age alone would ask the frame before a field. */
const ranks = {frame: 0, screen: 1, field: 2};
export type LayerRank = keyof typeof ranks;

/**
 * Something that listens to the keyboard. Each function says whether the layer took what it was asked about; what is
 * taken goes no further. `isEarly`: it was pressed before this layer was there.
 */
export type Layer = {
	readonly rank: LayerRank;
	readonly key: (name: string, isEarly: boolean) => boolean;
	readonly paste: (text: string) => boolean;
	/** Takes a run of letters at once, where one after another would do the same. */
	readonly text: ((typed: string, isEarly: boolean) => boolean) | undefined;
	/** Whether letters are typed here, so that no letter is a shortcut. */
	readonly takesText: boolean;
};

/** A layer in its place, with what can be done there. */
export type LayerEntry = {
	readonly layer: Layer;
	/** The last input event before the layer was there. */
	readonly since: number;
	readonly actions: readonly AvailableAction[];
};

export type LayerRegistry = ReturnType<typeof createLayerRegistry>;

/** All layers there are, and the number of the input event at hand. */
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
		/** First asked first: by rank, and within one the newest. */
		inOrder: () => entries.toReversed().toSorted((a, b) => ranks[b.layer.rank] - ranks[a.layer.rank]),
		nextInputEvent: () => ++inputEvent,

		/** Adds a layer. What can be done there may change afterwards without its place changing. */
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

		/** Moves with every change. */
		version: () => version,
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}

/** A screen makes its list anew each time it is drawn, mostly with the same in it. */
function sameActions(left: readonly AvailableAction[], right: readonly AvailableAction[]): boolean {
	return (
		left.length === right.length &&
		left.every(({scope, action, disabled, label}, index) => {
			const other = right[index]!;
			return scope === other.scope && action === other.action && disabled === other.disabled && label === other.label;
		})
	);
}
