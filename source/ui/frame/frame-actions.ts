import {useActions} from '../keyboard/actions.ts';
import {useActionSnapshot} from '../keyboard/layers.ts';
import {useShell} from '../shell/shell.ts';

type FrameActions = {
	readonly canGoBack: boolean;
	readonly isQuestion: boolean;
	readonly onSuspend: () => void;
};

export function useFrameActions({canGoBack, isQuestion, onSuspend}: FrameActions): void {
	const {context, push, pop, requestExit, ifIdle} = useShell();
	const availableNow = useActionSnapshot();
	const goBack = () => {
		ifIdle(() => {
			pop();
		});
	};
	const openHelp = () => {
		ifIdle(() => {
			push({screen: 'help', scopes: [...new Set(availableNow().map(({scope}) => scope))]});
		});
	};
	const openPalette = () => {
		ifIdle(() => {
			push({screen: 'palette', actions: availableNow()});
		});
	};
	const lock = () => {
		requestExit('lock', isQuestion);
	};
	const quit = () => {
		requestExit('quit', isQuestion);
	};

	useActions(
		'frame',
		{
			back: canGoBack ? goBack : undefined,
			lock: context.vault.isOpen() ? lock : undefined,
			help: openHelp,
			palette: isQuestion ? undefined : openPalette,
			quit,
			suspend: onSuspend,
		},
		{rank: 'frame'},
	);
}
