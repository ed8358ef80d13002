import {useCallback, useEffect, useRef} from 'react';
import {useApp} from 'ink';

/** What happens while the terminal has been given back. */
export type Meanwhile = () => void | Promise<void>;
type Suspend = (meanwhile: Meanwhile) => void;

/**
 * What gives the terminal back until `meanwhile` ends, for a key and for a signal; `onReady` is given it for the
 * signal.
 */
export function useSuspend(
	onError: (error: unknown) => void,
	onReady: ((suspend: Suspend) => void) | undefined,
): Suspend {
	const {suspendTerminal} = useApp();
	const isSuspended = useRef(false);
	const suspend = useCallback(
		(meanwhile: Meanwhile) => {
			// Two signals, or two keys that arrive together, ask for it once.
			if (isSuspended.current) return;
			isSuspended.current = true;
			suspendTerminal(async () => {
				await meanwhile();
				isSuspended.current = false;
			}).catch((error: unknown) => {
				isSuspended.current = false;
				onError(error);
			});
		},
		[suspendTerminal, onError],
	);
	useEffect(() => {
		onReady?.(suspend);
	}, [onReady, suspend]);
	return suspend;
}
