import {createContext, useCallback, useContext, useEffect, useEffectEvent, useState, type ReactNode} from 'react';
import {useApp, useInput, usePaste, useStdin} from 'ink';
import {graphemesFrom} from '../../core/text/editing/cursor-stops.ts';
import {isTyped} from '../../core/text/editing/line-editor.ts';
import {CanvasContext} from '../painting/canvas.ts';
import {KeyRulesContext} from './actions.ts';
import {keysIn} from './key-names.ts';
import {createKeyQueue, mostWaiting, type Dispatched, type KeyEvent} from './key-queue.ts';
import {createLayerRegistry, type LayerEntry} from './layer-registry.ts';
import {LayersContext} from './layers.ts';
import {longestPaste, pasteLost} from './terminal-stdin.ts';
import {t} from '../../language/translate.ts';

/** The most letters handled where no field takes text; a longer run is a stray paste. */
const mostLetters = 200;

const PressContext = createContext<(name: string) => void>(() => {});

/** The only reader of the keyboard. Keys wait in a queue, and each goes to the layers in order until one takes it. */
export function KeyLayers({
	children,
	onActivity,
}: {
	readonly children: ReactNode;
	/** Called before each key; one for which it is false is not acted upon. */
	readonly onActivity?: () => boolean;
}): ReactNode {
	const {exit} = useApp();
	const {onDisabled} = useContext(KeyRulesContext);
	const canvas = useContext(CanvasContext);
	const [layers] = useState(createLayerRegistry);
	const [queue] = useState(createKeyQueue);

	const act = (event: KeyEvent): Dispatched => {
		if (onActivity?.() === false) return {wasTyped: false};
		const entries = layers.inOrder();
		const isForField = entries.some(({layer}) => layer.takesText);
		if ('text' in event && !isForField && event.text.length > mostLetters) {
			onDisabled(t`What was pasted here was ignored: there is no field for it.`);
			return {wasTyped: false};
		}

		return dispatch(event, entries);
	};
	useEffect(
		() => () => {
			queue.clear();
		},
		[queue],
	);
	const add = (events: readonly KeyEvent[]) => {
		const room = queue.room();
		if (events.length > room) onDisabled(t`That was too much at once; the rest of it was ignored.`);
		// Of many keys at once, what they come to is drawn.
		const draw = canvas.hold();
		queue
			.add(events.slice(0, room), act)
			.catch((error: unknown) => {
				exit(error instanceof Error ? error : new Error('A key could not be handled.'));
			})
			.finally(draw);
	};

	useInput((input, key) => {
		const inputEvent = layers.nextInputEvent();
		add(keysIn(input, key, mostWaiting + 1).map(name => Object.assign(name, {inputEvent})));
	});
	usePaste(paste => {
		add([{inputEvent: layers.nextInputEvent(), paste}]);
		if (paste.length >= longestPaste)
			onDisabled(
				t`The paste was longer than ${longestPaste / 1024 / 1024} million characters; the rest of it was left out.`,
			);
	});
	const {stdin} = useStdin();
	const onPasteLost = useEffectEvent(() => {
		onDisabled(t`The end of a paste never came, so all of it was ignored. Paste it again.`);
	});
	useEffect(() => {
		const listener = () => {
			onPasteLost();
		};
		stdin.on(pasteLost, listener);
		return () => {
			stdin.off(pasteLost, listener);
		};
	}, [stdin]);
	const press = useCallback(
		(name: string) => {
			queue.addFirst({inputEvent: layers.nextInputEvent(), ...(isTyped(name) ? {text: name} : {name})});
		},
		[layers, queue],
	);

	return (
		<LayersContext value={layers}>
			<PressContext value={press}>{children}</PressContext>
		</LayersContext>
	);
}

/**
 * Returns a function for key handlers that presses another key. That key comes after the current one's changes are on
 * screen, and before any typed ahead.
 */
export function usePress(): (name: string) => void {
	return useContext(PressContext);
}

/**
 * Offers the event to each layer until one takes it. A run of letters goes one by one where no layer takes it whole.
 */
function dispatch(event: KeyEvent, entries: readonly LayerEntry[]): Dispatched {
	const isEarly = ({since}: LayerEntry) => event.inputEvent <= since;
	if ('paste' in event) {
		entries.some(({layer}) => layer.paste(event.paste));
		return {wasTyped: false};
	}

	if ('name' in event) {
		entries.some(entry => entry.layer.key(event.name, isEarly(entry)));
		return {wasTyped: false};
	}

	const {text} = event;
	const letter = graphemesFrom(text, 0, text.length, 1)[0]!;
	const rest = text.length > letter.length ? {...event, text: text.slice(letter.length)} : undefined;
	for (const entry of entries) {
		const {layer} = entry;
		if (layer.text?.(text, isEarly(entry))) return {wasTyped: layer.takesText};
		if (!layer.text && layer.key(letter, isEarly(entry))) return {wasTyped: layer.takesText, rest};
	}

	return {wasTyped: false, rest};
}
