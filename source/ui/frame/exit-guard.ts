import type {UnsavedState} from '../confirmations.ts';
import type {CriticalOptions, ExitBlocker} from './shell.ts';

/**
 * Keeps account of what must not be cut in half, what leaving would lose, and who waits to leave. `onWait` is told of
 * each wait.
 */
export function createExitGuard(onWait: () => void) {
	type Work = Pick<CriticalOptions, 'stop'>;
	const works = new Set<Work>();
	const mustFinish = () => [...works].some(({stop}) => stop === undefined);
	let waiting: (() => void) | undefined;
	let guards: readonly ExitBlocker[] = [];
	return {
		/**
		 * Whoever wants to leave meanwhile waits for the end of it; when it fails, or shows something once, they stay
		 * to see it.
		 */
		finish: async <Result>(
			work: () => Promise<Result>,
			{shows = false, stop}: CriticalOptions = {},
		): Promise<Result> => {
			const entry: Work = {stop};
			works.add(entry);
			let mayLeave = false;
			try {
				const result = await work();
				mayLeave = !shows;
				return result;
			} finally {
				works.delete(entry);
				if (works.size === 0) {
					const act = waiting;
					waiting = undefined;
					if (mayLeave) act?.();
				}
			}
		},
		/** Does it now, or once what runs has been finished, or stopped where it can be. */
		whenFinished: (act: () => void): void => {
			if (works.size === 0) return act();
			waiting = act;
			for (const {stop} of works) stop?.();
			onWait();
		},
		/** Does it now, or not at all. */
		whenIdle: (act: () => void): void => {
			if (mustFinish()) onWait();
			else act();
		},
		guard: (guard: ExitBlocker): (() => void) => {
			guards = [...guards, guard];
			return () => {
				guards = guards.filter(other => other !== guard);
			};
		},
		/** What leaving now would lose. Nothing while something is being saved: its end is waited for. */
		losing: (): UnsavedState | undefined => (mustFinish() ? undefined : guards.at(-1)?.losing),
		/** Whether the vault is to stay open however long no key is pressed. */
		holdsOpen: (): boolean => guards.some(({holdsOpen}) => holdsOpen),
	};
}
