import {useCallback, useEffect, useRef} from 'react';
import {useApp} from 'ink';

export type Meanwhile = () => void | Promise<void>;
type Suspend = (meanwhile: Meanwhile) => void;

/**
 * Returns the function that gives the terminal back until `meanwhile` ends, after a call of `onLeave`.
 * `onReady` receives it for signals.
 */
export function useSuspend(
	onError: (error: unknown) => void,
	onReady: ((suspend: Suspend) => void) | undefined,
	onLeave: () => void,
): Suspend {
	const {suspendTerminal} = useApp();
	const isSuspended = useRef(false);
	const suspend = useCallback(
		(meanwhile: Meanwhile) => {
			// Two signals or two key presses together suspend once.
			if (isSuspended.current) return;
			isSuspended.current = true;
			onLeave();
			suspendTerminal(async () => {
				await meanwhile();
				isSuspended.current = false;
			}).catch((error: unknown) => {
				isSuspended.current = false;
				onError(error);
			});
		},
		[suspendTerminal, onError, onLeave],
	);
	useEffect(() => {
		onReady?.(suspend);
	}, [onReady, suspend]);
	return suspend;
}
