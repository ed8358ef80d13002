import {useContext} from 'react';
import {useActions} from '../keyboard/actions.ts';
import {reachableActions} from '../keyboard/available-action.ts';
import {useActionSnapshot} from '../keyboard/layers.ts';
import {CanvasContext} from '../painting/canvas.ts';
import type {ShellOf} from '../shell/create-shell.ts';
import {entryOf, panesBeside, top, type ScreenStack} from '../shell/stack.ts';
import type {PaneLayout} from './pane-layout.ts';
import {t} from '../../language/translate.ts';

type FrameActions = {
	readonly stack: ScreenStack;
	readonly layout: PaneLayout;
	readonly shellOf: ShellOf;
	/** Gives an entry the keyboard. */
	readonly onFocus: (id: number) => void;
	readonly onSuspend: () => void;
};

export function useFrameActions({stack, layout, shellOf, onFocus, onSuspend}: FrameActions): void {
	const {panes, keyboard} = layout;
	const {redraw} = useContext(CanvasContext);
	const {context, push, requestExit, ifIdle} = shellOf(keyboard);
	const availableNow = useActionSnapshot();
	const isQuestion = top(stack).place === 'modal';
	const leaving = leftByBack(stack, layout);
	const openHelp = () => {
		ifIdle(() => {
			push({screen: 'help', scopes: [...new Set(availableNow().actions.map(({scope}) => scope))]});
		});
	};
	const openPalette = () => {
		ifIdle(() => {
			const {actions, isTyping} = availableNow();
			push({screen: 'palette', actions: reachableActions(actions, isTyping)});
		});
	};
	const lock = () => {
		requestExit('lock', isQuestion);
	};
	const quit = () => {
		requestExit('quit', isQuestion);
	};
	const at = isQuestion || panes.length < 2 ? -1 : panes.findIndex(({id}) => id === keyboard);
	const toPane = (index: number) => {
		const pane = at === -1 ? undefined : panes[index];
		return (
			pane &&
			(() => {
				onFocus(pane.id);
			})
		);
	};

	useActions(
		'frame',
		{
			back:
				leaving === undefined
					? undefined
					: {
							act() {
								shellOf(leaving).leave();
							},
							label: leaving === keyboard ? t`back` : t`close pane`,
						},
			nextPane: toPane((at + 1) % panes.length),
			previousPane: toPane((at + panes.length - 1) % panes.length),
			firstPane: toPane(0),
			secondPane: toPane(1),
			thirdPane: toPane(2),
			lock: context.vault.isOpen() ? lock : undefined,
			palette: isQuestion || top(stack).route.screen === 'palette' ? undefined : openPalette,
			help: openHelp,
			quit,
			suspend: onSuspend,
			redraw,
		},
		{rank: 'frame'},
	);
}

/** Back leaves the screen that has the keyboard, or from a list first what stands beside it. */
function leftByBack(stack: ScreenStack, {panes, keyboard}: PaneLayout): number | undefined {
	const entry = entryOf(stack, keyboard);
	const beside = entry?.place === 'list' && panes.length > 1 ? panesBeside(stack, keyboard).at(-1) : undefined;
	return beside?.id ?? (entry?.opener === undefined ? undefined : keyboard);
}
