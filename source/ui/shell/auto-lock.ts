import {useCallback, useEffect, useRef} from 'react';
import type {Context} from '../../actions/context.ts';
import type {ExitGuard} from './exit-guard.ts';
import {unlockRoute} from './initial-route.ts';
import type {Navigation} from './screen-stack.ts';
import type {StatusMessage} from './shell.ts';
import type {Alarms} from '../timing/alarms.ts';
import {t} from '../../language/translate.ts';

type AutoLockOptions = {
	readonly context: Context;
	readonly alarms: Alarms;
	readonly afterMs: number;
	readonly exitGuard: ExitGuard;
	readonly navigation: Navigation;
	readonly lock: (why: StatusMessage) => void;
};

/** How soon a lock that something held off is tried again, ms. */
const againMs = 1000;

/** Locks the vault when no key is pressed for a while. */
export function useAutoLock({context: {vault, clock}, alarms, afterMs, exitGuard, navigation, lock}: AutoLockOptions): {
	/** The time left. */
	readonly msToLock: () => number;
	/** To be called before a key is acted upon; false where it comes too late and only locks. */
	readonly onKey: () => boolean;
} {
	const lastKey = useRef(clock());
	const msToLock = useCallback(() => {
		const now = clock();
		// A clock that was put back does not put the lock off.
		lastKey.current = Math.min(lastKey.current, now);
		return lastKey.current + afterMs - now;
	}, [clock, afterMs]);
	const lockIfOpen = useCallback(() => {
		if (!vault.isOpen() || exitGuard.holdsOpen()) return false;
		lock({text: t`Locked after ${minutesOrSeconds(afterMs)} without a key.`});
		return true;
	}, [vault, exitGuard, afterMs, lock]);
	useEffect(() => {
		let triedAt = -Infinity;
		return alarms.add({
			dueAt: () => Math.max(clock() + msToLock(), triedAt + againMs),
			ring() {
				triedAt = clock();
				if (lockIfOpen() || vault.isOpen()) return;
				// Anything typed or shown before the vault was open is cleared too.
				lastKey.current = clock();
				navigation.restart(unlockRoute);
			},
		});
	}, [alarms, vault, clock, navigation, msToLock, lockIfOpen]);

	return {
		msToLock,
		onKey() {
			const isLate = msToLock() <= 0 && lockIfOpen();
			lastKey.current = clock();
			return !isLate;
		},
	};
}

function minutesOrSeconds(ms: number): string {
	return ms % 60_000 === 0 ? t`${ms / 60_000} min` : `${Math.round(ms / 1000)} s`;
}
