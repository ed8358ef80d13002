import {setImmediate as nextTurn} from 'node:timers/promises';
import {
	createContext,
	useCallback,
	useContext,
	useEffect,
	useEffectEvent,
	useLayoutEffect,
	useRef,
	useState,
	useSyncExternalStore,
	type ReactNode,
} from 'react';
import {useApp, useInput, usePaste} from 'ink';
import {isTyped} from '../../core/text/line-editor.ts';
import {graphemesFrom} from '../../core/text/cursor-stops.ts';
import {
	actionFor,
	bindingsOf,
	isSplitTail,
	keysIn,
	worksWhileTyping,
	type ActionOf,
	type Scope,
	type KeyName,
} from './keymap.ts';
import type {AvailableAction} from './available-action.ts';
import {longestPaste} from './terminal-stdin.ts';

/** Who is asked first. React mounts children before parents, so age alone would ask the frame before a field. */
const ranks = {frame: 0, screen: 1, field: 2};
type Rank = keyof typeof ranks;

type Layer = {
	readonly rank: Rank;
	/**
	 * Whether the key was handled; a handled key goes no further. `early`: it was pressed before this layer was
	 * there.
	 */
	readonly key: (name: string, early: boolean) => boolean;
	readonly paste: (text: string) => boolean;
	/** Takes a run of letters at once, where one after another would do the same. */
	readonly text: ((typed: string, early: boolean) => boolean) | undefined;
	/** Whether letters are typed here, so that no letter is a shortcut. */
	readonly takesText: boolean;
};

/** Everything that listens, and which input event is at hand. `version` moves with every change. */
function createLayers() {
	type Entry = {readonly layer: Layer; readonly since: number; offers: readonly AvailableAction[]};
	let entries: readonly Entry[] = [];
	const listeners = new Set<() => void>();
	let version = 0;
	let event = 0;
	const change = (next: readonly Entry[]) => {
		entries = next;
		version++;
		for (const listener of listeners) listener();
	};
	return {
		/** First asked first. */
		inOrder: () => entries.toReversed().toSorted((a, b) => ranks[b.layer.rank] - ranks[a.layer.rank]),
		version: () => version,
		nextEvent: () => ++event,
		/** What it offers may change without its place changing. */
		add(
			layer: Layer,
			offers: readonly AvailableAction[],
		): {readonly offer: (offers: readonly AvailableAction[]) => void; readonly remove: () => void} {
			const entry: Entry = {layer, since: event, offers};
			change([...entries, entry]);
			return {
				offer(offers) {
					entry.offers = offers;
					change(entries);
				},
				remove() {
					change(entries.filter(other => other !== entry));
				},
			};
		},
		subscribe(listener: () => void): () => void {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}

/** Has a key acted upon before any that was typed ahead. */
const Press = createContext<(name: string) => void>(() => {});

const Layers = createContext<ReturnType<typeof createLayers> | undefined>(undefined);

/** Whether what is inside has the keyboard: only the top screen has. */
export const Active = createContext(true);

/** What has been read and not yet acted upon. */
type Stroke = {readonly event: number} & (KeyName | {readonly paste: string});

/**
 * How many letters at once somebody may have typed ahead; more of them where no field takes them were meant for
 * another place.
 */
const mostLetters = 200;
/** How many keys may wait to be acted upon. */
const mostWaiting = 1000;

/** How soon after an Escape the rest of a split arrow key may come, ms. */
const splitMs = 1000;

/**
 * The only place that reads the keyboard. Keys are acted upon one after another, each after the screen has taken in
 * the one before, so that typing ahead over a slow link does what typing slowly does.
 */
export function KeyLayers({
	children,
	onActivity,
}: {
	readonly children: ReactNode;
	readonly onActivity?: () => void;
}): ReactNode {
	const [layers] = useState(createLayers);
	const {exit} = useApp();
	const {onDisabled} = useContext(KeyRules);
	const queue = useRef<Stroke[]>([]);
	const isBusy = useRef(false);
	const lastEscape = useRef(-Infinity);
	// Whoever presses it does so in what a key does, so whoever acts on all keys is at work and comes to it.
	const press = useCallback(
		(name: string) => {
			queue.current.unshift({event: layers.nextEvent(), ...(isTyped(name) ? {text: name} : {name})});
		},
		[layers],
	);
	/** The last key, until the screen has taken in what it changed. */
	const last = useRef<{readonly wasTyped: boolean; readonly takenIn: Promise<void>}>(undefined);
	useEffect(
		() => () => {
			queue.current = [];
		},
		[],
	);

	/** Whether a letter of it was typed into a field. What nothing has acted upon yet goes back into the queue. */
	const act = (stroke: Stroke): boolean => {
		onActivity?.();
		const inOrder = layers.inOrder();
		const takesText = inOrder.some(({layer}) => layer.takesText);
		if ('text' in stroke && !takesText && stroke.text.length > mostLetters) {
			onDisabled('What was pasted here was ignored: there is no field for it.');
			return false;
		}

		const letter = 'text' in stroke ? graphemesFrom(stroke.text, 0, stroke.text.length, 1)[0]! : undefined;
		let isWhole = false;
		const taker = inOrder.find(({layer, since}) => {
			const isEarly = stroke.event <= since;
			if ('paste' in stroke) return layer.paste(stroke.paste);
			if ('text' in stroke) {
				if (layer.text) return (isWhole = layer.text(stroke.text, isEarly));
				return layer.key(letter!, isEarly);
			}

			return layer.key(stroke.name, isEarly);
		});
		if ('text' in stroke && !isWhole && letter!.length < stroke.text.length)
			queue.current.unshift({...stroke, text: stroke.text.slice(letter!.length)});
		return taker?.layer.takesText === true && 'text' in stroke;
	};

	const remember = (wasTyped: boolean) => {
		const now = {wasTyped, takenIn: takenIn()};
		last.current = now;
		void (async () => {
			await now.takenIn;
			if (last.current === now) last.current = undefined;
		})();
	};
	const actAll = async () => {
		if (isBusy.current) return;
		isBusy.current = true;
		try {
			for (let stroke = queue.current.shift(); stroke; stroke = queue.current.shift()) {
				const before = last.current;
				// Typing changes no layer, so a run of letters needs no new frame in between.
				if (before && !(before.wasTyped && 'text' in stroke)) await before.takenIn;
				remember(act(stroke));
			}
		} finally {
			isBusy.current = false;
		}
	};
	const take = (strokes: readonly Stroke[]) => {
		const room = Math.max(0, mostWaiting - queue.current.length);
		if (strokes.length > room) onDisabled('That was too much at once; the rest of it was ignored.');
		queue.current.push(...strokes.slice(0, room));
		actAll().catch((error: unknown) => {
			exit(error instanceof Error ? error : new Error('A key could not be handled.'));
		});
	};

	useInput((input, key) => {
		const event = layers.nextEvent();
		if (isSplitTail(input) && performance.now() - lastEscape.current < splitMs) return;
		lastEscape.current = key.escape ? performance.now() : -Infinity;
		take(keysIn(input, key, mostWaiting + 1).map(typed => Object.assign(typed, {event})));
	});
	usePaste(paste => {
		lastEscape.current = -Infinity;
		take([{event: layers.nextEvent(), paste}]);
		if (paste.length >= longestPaste)
			onDisabled(
				`The paste was longer than ${longestPaste / 1024 / 1024} million characters; the rest of it was left out.`,
			);
	});
	return (
		<Layers value={layers}>
			<Press value={press}>{children}</Press>
		</Layers>
	);
}

/**
 * Until the screen has taken in what a key has just changed: React does its work in a turn that comes before the
 * second one from here.
 */
async function takenIn(): Promise<void> {
	await nextTurn();
	await nextTurn();
}

type LayerInput = {
	readonly rank: Rank;
	readonly key: (name: string, early: boolean) => boolean;
	readonly paste?: (text: string) => boolean;
	readonly text?: (typed: string, early: boolean) => boolean;
	readonly takesText?: boolean;
	readonly offers?: readonly AvailableAction[];
};

/** Takes part in the keyboard while mounted, active and on the top screen. */
export function useLayer({rank, key, paste, text, takesText = false, offers = []}: LayerInput, isActive = true): void {
	const layers = useContext(Layers)!;
	const isOnTop = useContext(Active) || rank === 'frame';
	const onKey = useEffectEvent(key);
	const onPaste = useEffectEvent((text: string) => paste?.(text) ?? false);
	const onText = useEffectEvent((typed: string, early: boolean) => text?.(typed, early) ?? false);
	const hasText = text !== undefined;
	const offersNow = useEffectEvent(() => offers);
	const place = useRef<ReturnType<typeof layers.add>>(undefined);
	useLayoutEffect(() => {
		if (!isActive || !isOnTop) return undefined;
		const added = layers.add(
			{
				rank,
				takesText,
				key: (name, early) => onKey(name, early),
				paste: pasted => onPaste(pasted),
				text: hasText ? (typed, early) => onText(typed, early) : undefined,
			},
			offersNow(),
		);
		place.current = added;
		return () => {
			place.current = undefined;
			added.remove();
		};
	}, [layers, rank, takesText, hasText, isActive, isOnTop]);
	const offered = JSON.stringify(offers);
	useLayoutEffect(() => {
		place.current?.offer(JSON.parse(offered) as AvailableAction[]);
	}, [offered]);
}

/**
 * What an action does; or why it cannot be done now, which is said when its key is pressed. An action that is another
 * thing each time says which, and whether it changes something.
 */
export type Handler =
	| (() => void)
	| {readonly disabled: string}
	| {readonly act: () => void; readonly label: string; readonly changes?: boolean};
export type Handlers<S extends Scope> = {readonly [Action in ActionOf<S>]?: Handler | undefined};

type Rules = {
	/** Why nothing may be changed, if so. */
	readonly readonly: string | undefined;
	readonly onDisabled: (reason: string) => void;
};
export const KeyRules = createContext<Rules>({readonly: undefined, onDisabled() {}});

/** Binds handlers to the actions of a scope. */
export function useActions<S extends Scope>(
	scope: S,
	handlers: Handlers<S>,
	{rank = 'screen', isActive = true}: {readonly rank?: Rank; readonly isActive?: boolean} = {},
): void {
	const rules = useContext(KeyRules);
	const reasonAgainst = (action: string, handler: Handler) => {
		const {changes, dangerous} = bindingsOf(scope)[action]!;
		const isChange = changes || dangerous !== undefined || ('changes' in handler && handler.changes);
		if (rules.readonly !== undefined && isChange) return rules.readonly;
		return 'disabled' in handler ? handler.disabled : undefined;
	};
	const bound = (Object.entries(handlers) as [ActionOf<S>, Handler | undefined][]).filter(
		(entry): entry is [ActionOf<S>, Handler] => entry[1] !== undefined,
	);

	useLayer(
		{
			rank,
			offers: bound.map(([action, handler]) => ({
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

/** All that can be done now, first asked first, and whether letters are being typed. Follows every change. */
export function useAvailableActions(): {readonly offers: readonly AvailableAction[]; readonly isTyping: boolean} {
	const layers = useContext(Layers)!;
	useSyncExternalStore(
		listener => layers.subscribe(listener),
		() => layers.version(),
	);
	const inOrder = layers.inOrder();
	return {offers: inOrder.flatMap(({offers}) => offers), isTyping: inOrder.some(({layer}) => layer.takesText)};
}

/**
 * What can be done with the key that does it, first asked first: a key that something more special takes is not free
 * for the rest.
 */
export function reachableActions(
	offers: readonly AvailableAction[],
	isTyping = false,
): readonly {readonly offer: AvailableAction; readonly key: string}[] {
	const taken = new Set<string>();
	return offers.flatMap(offer => {
		const {keys} = bindingsOf(offer.scope)[offer.action]!;
		const free = keys.find(key => !taken.has(key) && (!isTyping || worksWhileTyping(key)));
		for (const key of keys) taken.add(key);
		return free === undefined ? [] : [{offer, key: free}];
	});
}

/** Gives all that can be done at the moment when it is called; for help and for the palette. */
export function useActionSnapshot(): () => readonly AvailableAction[] {
	const layers = useContext(Layers)!;
	return () => layers.inOrder().flatMap(({offers}) => offers);
}

/** Presses a key for the person who has just pressed another, once the screen has taken in what that one changed. */
export function usePress(): (name: string) => void {
	return useContext(Press);
}
