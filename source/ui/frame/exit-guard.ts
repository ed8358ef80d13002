import type {UnsavedState} from '../confirmations.ts';
import type {CriticalOptions, ExitBlocker} from './shell.ts';

export type ExitGuard = ReturnType<typeof createExitGuard>;

/**
 * Keeps account of the work that must not be cut in half, of what leaving would lose, and of the wish to leave that
 * waits for an end. `onWait` is called for each wait.
 */
export function createExitGuard(onWait: () => void) {
	type Work = Pick<CriticalOptions, 'stop'>;
	const works = new Set<Work>();
	let blockers: readonly ExitBlocker[] = [];
	/** What waits for the end of all work. */
	let waiting: (() => void) | undefined;
	const mustFinish = () => [...works].some(({stop}) => stop === undefined);

	return {
		/** As in `Shell`: what waits for the end of it does not happen when it fails, or shows something once. */
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
		/** Does it now, or once what runs has been finished, or stopped where it can be. */
		whenFinished: (act: () => void): void => {
			if (works.size === 0) return act();
			waiting = act;
			for (const {stop} of works) stop?.();
			onWait();
		},
		/** Does it now, or not at all. */
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
		/** What leaving now would lose. Nothing while something is being saved: its end is waited for. */
		unsaved: (): UnsavedState | undefined => (mustFinish() ? undefined : blockers.at(-1)?.losing),
		/** Whether the vault is to stay open however long no key is pressed. */
		holdsOpen: (): boolean => blockers.some(({holdsOpen}) => holdsOpen),
	};
}
