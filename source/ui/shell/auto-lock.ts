import {useCallback, useEffect, useRef} from 'react';
import type {Context} from '../../actions/context.ts';
import type {ExitGuard} from './exit-guard.ts';
import {unlockRoute} from './initial-route.ts';
import type {Navigation} from './screen-stack.ts';
import type {StatusMessage} from './shell.ts';
import {t} from '../../language/translate.ts';

type AutoLockOptions = {
	readonly context: Context;
	readonly afterMs: number;
	readonly exitGuard: ExitGuard;
	readonly navigation: Navigation;
	readonly lock: (why: StatusMessage) => void;
};

/** Locks the vault when no key is pressed for a while; `msToLock` returns the time left. */
export function useAutoLock({context: {vault, clock}, afterMs, exitGuard, navigation, lock}: AutoLockOptions): {
	readonly msToLock: () => number;
	readonly onKey: () => void;
} {
	const lastKey = useRef(clock());
	const onKey = () => {
		lastKey.current = clock();
	};
	const msToLock = useCallback(() => lastKey.current + afterMs - clock(), [clock, afterMs]);
	useEffect(() => {
		const look = () => {
			if (msToLock() > 0) return;
			if (vault.isOpen()) {
				if (!exitGuard.holdsOpen()) lock({text: t`Locked after ${minutesOrSeconds(afterMs)} without a key.`});
			} else {
				// Anything typed or shown before the vault was open is cleared too.
				lastKey.current = clock();
				navigation.restart(unlockRoute);
			}
		};
		const timer = setInterval(look, Math.min(1000, afterMs / 2));
		return () => {
			clearInterval(timer);
		};
	}, [vault, clock, afterMs, exitGuard, navigation, lock, msToLock]);

	return {msToLock, onKey};
}

function minutesOrSeconds(ms: number): string {
	return ms % 60_000 === 0 ? t`${ms / 60_000} min` : `${Math.round(ms / 1000)} s`;
}
