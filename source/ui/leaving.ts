import type {Loss} from './dangers.ts';
import type {FinishOptions, Guard} from './shell.ts';

/** Keeps account of what must not be cut in half, what leaving would lose, and who waits to leave. `onWait` is told of each wait. */
export function createLeaving(onWait: () => void) {
	let unfinished = 0;
	let waiting: (() => void) | undefined;
	let guards: readonly Guard[] = [];
	return {
		/** Whoever wants to leave meanwhile waits for the end of it; when it fails, or shows something once, they stay to see it. */
		finish: async <Result>(work: () => Promise<Result>, {shows = false}: FinishOptions = {}): Promise<Result> => {
			unfinished++;
			let mayLeave = false;
			try {
				const result = await work();
				mayLeave = !shows;
				return result;
			} finally {
				unfinished--;
				if (unfinished === 0) {
					const act = waiting;
					waiting = undefined;
					if (mayLeave) act?.();
				}
			}
		},
		/** Does it now, or once what runs has been finished. */
		whenFinished: (act: () => void): void => {
			if (unfinished === 0) return act();
			waiting = act;
			onWait();
		},
		/** Does it now, or not at all. */
		whenIdle: (act: () => void): void => {
			if (unfinished === 0) act();
			else onWait();
		},
		guard: (guard: Guard): (() => void) => {
			guards = [...guards, guard];
			return () => { guards = guards.filter(other => other !== guard); };
		},
		/** What leaving now would lose. Nothing while something is being saved: its end is waited for. */
		losing: (): Loss | undefined => unfinished === 0 ? guards.at(-1)?.losing : undefined,
		/** Whether the vault is to stay open however long no key is pressed. */
		holdsOpen: (): boolean => guards.some(({holdsOpen}) => holdsOpen),
	};
}
