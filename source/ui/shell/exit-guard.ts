import type {UnsavedState} from '../confirmations.ts';
import type {CriticalOptions, ExitBlocker} from './shell.ts';

export type ExitGuard = ReturnType<typeof createExitGuard>;

/**
 * Tracks critical work and unsaved state, and delays exit or lock until it is safe. `onWait` is called for each
 * delay.
 */
export function createExitGuard(onWait: () => void) {
	type Work = Pick<CriticalOptions, 'stop'>;
	const works = new Set<Work>();
	let blockers: readonly ExitBlocker[] = [];
	let waiting: (() => void) | undefined;
	const mustFinish = () => [...works].some(({stop}) => stop === undefined);

	return {
		/** As `Shell.runCritical`. A delayed exit is dropped when the work fails, or when it shows something once. */
		runCritical: async <Result>(
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
		/** Acts at once, or once all work has finished; work that can be stopped is stopped. */
		whenFinished: (act: () => void): void => {
			if (works.size === 0) return act();
			waiting = act;
			for (const {stop} of works) stop?.();
			onWait();
		},
		ifIdle: (act: () => void): void => {
			if (mustFinish()) onWait();
			else act();
		},
		addBlocker: (blocker: ExitBlocker): (() => void) => {
			blockers = [...blockers, blocker];
			return () => {
				blockers = blockers.filter(other => other !== blocker);
			};
		},
		/** What leaving now would lose; undefined during critical work, which delays the exit anyway. */
		unsaved: (): UnsavedState | undefined => (mustFinish() ? undefined : blockers.at(-1)?.losing),
		/** What closing these screens, by the ids of their entries, would lose. */
		unsavedIn: (closing: readonly number[]): ExitBlocker | undefined =>
			blockers.findLast(({screen}) => screen !== undefined && closing.includes(screen)),
		holdsOpen: (): boolean => blockers.some(({holdsOpen}) => holdsOpen),
	};
}
