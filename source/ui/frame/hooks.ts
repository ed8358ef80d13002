import {useEffect, useMemo, useRef, useState, useSyncExternalStore} from 'react';
import {withUnfinished, type ShownKey} from '../../core/operation.ts';
import {descriptionRoomProblem, storedBytes} from '../../core/room.ts';
import type {Problem} from '../../core/problem.ts';
import type {LineState} from '../../core/text/line-editor.ts';
import type {VaultContent} from '../../vault/vault.ts';
import type {UnsavedState} from '../confirmations.ts';
import {useViewport} from '../drawing/viewport.ts';
import {useShell, type CriticalOptions} from './shell.ts';

const nothing: VaultContent = {keys: []};

/** What the vault holds, followed through every change; nothing while it is locked. */
export function useContent(): VaultContent {
	const {
		context: {vault},
	} = useShell();
	return useSyncExternalStore(
		listener => vault.subscribe(listener),
		() => (vault.isOpen() ? vault.read() : nothing),
	);
}

/** Every key in the vault, also where its creation was cut off; those in the trash included. */
export function useShownKeys(): readonly ShownKey[] {
	const content = useContent();
	return useMemo(() => withUnfinished(content), [content]);
}

/** What else than its description a new key needs room for; bytes, generously. */
const newKeyBytes = 4096;

/**
 * Why the vault cannot hold a description, told while it is typed: that of a new key, or the one in the place of
 * `present`.
 */
export function useDescriptionRoom(description: string, present?: string): Problem | undefined {
	const {
		context: {vault},
	} = useShell();
	const content = useContent();
	const room = useMemo(() => {
		if (content === nothing) return Infinity;
		return vault.room() + (present === undefined ? -newKeyBytes : storedBytes(present));
	}, [vault, content, present]);
	return useMemo(() => descriptionRoomProblem(description, room), [description, room]);
}

/** The time, asked again every `everyMs`. */
export function useNow(everyMs: number): number {
	const {
		context: {clock},
	} = useShell();
	const [now, setNow] = useState(clock);
	useEffect(() => {
		const timer = setInterval(() => {
			setNow(clock());
		}, everyMs);
		return () => {
			clearInterval(timer);
		};
	}, [clock, everyMs]);
	return now;
}

export type Task = {
	readonly isBusy: boolean;
	/** Runs `work` unless something runs already; what fails is said in the status line, or given to `onError`. */
	readonly run: (work: (signal: AbortSignal) => Promise<void>, options?: TaskOptions) => void;
	/** Leaves it to itself, whatever becomes of it. */
	readonly cancel: () => void;
	/** Has it come to its end early; it is busy until it has. */
	readonly stop: () => void;
};

type TaskOptions = Pick<CriticalOptions, 'shows'> & {
	/** Changes something: neither leaving nor locking cuts it off. */
	readonly finishes?: boolean;
	/**
	 * With `finishes`: it ends well soon after its signal aborts, so leaving and locking stop it instead of waiting
	 * for all of it.
	 */
	readonly stops?: boolean;
	readonly onError?: (error: unknown) => void;
};

/** One thing at a time that takes a while. It is cancelled when the screen goes, unless it must be finished. */
export function useTask(): Task {
	const {notifyError, runCritical, clearMessage} = useShell();
	const [isBusy, setBusy] = useState(false);
	const current = useRef<AbortController>(undefined);
	useEffect(
		() => () => {
			current.current?.abort();
			current.current = undefined;
		},
		[],
	);

	const start = async (
		work: (signal: AbortSignal) => Promise<void>,
		{finishes = false, stops = false, shows = false, onError = notifyError}: TaskOptions,
	) => {
		const controller = new AbortController();
		current.current = controller;
		setBusy(true);
		clearMessage();
		// A screen that has gone is told nothing; a failure of what must be finished is said all the same.
		const isWanted = () => current.current === controller;
		try {
			await (finishes
				? runCritical(async () => work(controller.signal), {
						shows,
						stop: stops
							? () => {
									controller.abort();
								}
							: undefined,
					})
				: work(controller.signal));
		} catch (error) {
			if (isWanted()) onError(error);
			else if (finishes) notifyError(error);
		} finally {
			if (isWanted()) {
				current.current = undefined;
				setBusy(false);
			}
		}
	};

	return {
		isBusy,
		run(work, options = {}) {
			if (current.current === undefined) void start(work, options);
		},
		cancel() {
			current.current?.abort();
			current.current = undefined;
			setBusy(false);
		},
		stop() {
			current.current?.abort();
		},
	};
}

/** What a field of a form is given: its width, and where to say why it refused an input. */
export function useFieldProps(): {readonly width: number; readonly onRefused: (reason: string) => void} {
	const {notify} = useShell();
	const {columns: width} = useViewport();
	return {
		width,
		onRefused(text) {
			notify({text, tone: 'warn'});
		},
	};
}

/** What ties the text fields of a form to what is typed in them, each by its name. */
export function useTextFields<Name extends string>({
	lines,
	edit,
	focus,
}: {
	readonly lines: Readonly<Record<Name, LineState>>;
	readonly edit: (name: Name) => (change: (line: LineState) => LineState) => void;
	readonly focus: string | undefined;
}) {
	const common = useFieldProps();
	return (name: Name) => ({...common, line: lines[name], onLine: edit(name), isFocused: focus === name});
}

/** Has the frame ask before it lets `losing` be lost, and where it `holdsOpen`, not lock the vault by itself. */
export function useGuard(losing: UnsavedState | undefined, holdsOpen = false): void {
	const {addBlocker} = useShell();
	useEffect(
		() => (losing === undefined ? undefined : addBlocker({losing, holdsOpen})),
		[addBlocker, losing, holdsOpen],
	);
}

/** Something that is shown for a while and then hidden again by itself. Seconds left, or null while it is hidden. */
export function useReveal(seconds: number): {
	readonly left: number | null;
	readonly show: () => void;
	readonly hide: () => void;
} {
	const [left, setLeft] = useState<number | null>(null);
	const isShown = left !== null;
	useEffect(() => {
		if (!isShown) return undefined;
		const timer = setInterval(() => {
			setLeft(before => (before === null || before <= 1 ? null : before - 1));
		}, 1000);
		return () => {
			clearInterval(timer);
		};
	}, [isShown]);
	return {
		left,
		show: () => {
			setLeft(seconds);
		},
		hide: () => {
			setLeft(null);
		},
	};
}
