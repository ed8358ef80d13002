import {useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore} from 'react';
import {withUnfinished, type ShownKey} from '../../core/key/operation.ts';
import {descriptionRoomProblem, storedBytes} from '../../core/room.ts';
import type {Problem} from '../../core/problem.ts';
import type {LineState} from '../../core/text/editing/line-editor.ts';
import type {VaultContent} from '../../vault/vault.ts';
import type {UnsavedState} from '../confirmations.ts';
import {useViewport} from '../drawing/viewport.ts';
import {useHasKeyboard} from '../keyboard/layers.ts';
import {useShell, type CriticalOptions} from './shell.ts';
import {t} from '../../language/translate.ts';

const nothing: VaultContent = {keys: []};

/** The vault's content, updated with every change; empty while the vault is locked. */
export function useContent(): VaultContent {
	const {
		context: {vault},
	} = useShell();
	return useSyncExternalStore(
		listener => vault.subscribe(listener),
		() => (vault.isOpen() ? vault.read() : nothing),
	);
}

/** Every key in the vault, with unfinished ones and those in the trash. */
export function useShownKeys(): readonly ShownKey[] {
	const content = useContent();
	return useMemo(() => withUnfinished(content), [content]);
}

/** Those of `useShownKeys` with these ids, in the order of the ids; one that is gone is left out. */
export function useKeysById(ids: readonly string[]): readonly ShownKey[] {
	const all = useShownKeys();
	const byId = new Map(all.map(key => [key.id, key]));
	return ids.flatMap(id => byId.get(id) ?? []);
}

/** A generous estimate of a new key without its description, in bytes. */
const newKeyBytes = 4096;

/** The reason why the vault cannot hold a description, of a new key or in place of `present`. */
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

export type Task = {
	readonly isBusy: boolean;
	/** From `stop` until the work ends. */
	readonly isStopping: boolean;
	/** Starts `work` unless other work is running; an error goes to `onError`, or else to the status line. */
	readonly run: (work: (signal: AbortSignal) => Promise<void>, options?: TaskOptions) => void;
	/** Aborts the work and ignores its outcome. */
	readonly cancel: () => void;
	/** Aborts the work; the task is busy until the work ends. */
	readonly stop: () => void;
};

type TaskOptions = Pick<CriticalOptions, 'shows'> & {
	/** Exit and lock wait for it. */
	readonly finishes?: boolean;
	/** With `finishes`: the work ends safely soon after its signal aborts, so exit and lock stop it first. */
	readonly stops?: boolean;
	/** What another screen has just said stays. */
	readonly keepsMessage?: boolean;
	readonly onError?: (error: unknown) => void;
};

/** One asynchronous task at a time. It is cancelled when the screen closes, unless it `finishes`. */
export function useTask(): Task {
	const {notifyError, runCritical, clearMessage} = useShell();
	const [isBusy, setBusy] = useState(false);
	const [isStopping, setStopping] = useState(false);
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
		{finishes = false, stops = false, shows = false, keepsMessage = false, onError = notifyError}: TaskOptions,
	) => {
		const controller = new AbortController();
		current.current = controller;
		setBusy(true);
		setStopping(false);
		if (!keepsMessage) clearMessage();
		// A closed screen hears nothing; a failure of critical work is reported all the same.
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
		isStopping: isBusy && isStopping,
		run(work, options = {}) {
			if (current.current === undefined) void start(work, options);
		},
		cancel() {
			current.current?.abort();
			current.current = undefined;
			setBusy(false);
		},
		stop() {
			if (current.current === undefined) return;
			setStopping(true);
			current.current.abort();
		},
	};
}

/** What is being done, and from the second second on, for how long: a screen that stands still may have hung. */
export function useBusyWords(words: string, isBusy: boolean): string {
	const [seconds, setSeconds] = useState(0);
	useEffect(() => {
		if (!isBusy) return undefined;
		const timer = setInterval(() => {
			setSeconds(before => before + 1);
		}, 1000);
		return () => {
			clearInterval(timer);
			setSeconds(0);
		};
	}, [isBusy]);
	return seconds === 0 ? words : t`${words} ${seconds} s`;
}

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

/** In a list that has the keyboard, each newly selected key is shown in the pane of a key beside it. */
export function useFollowing(selectedId: string | undefined): void {
	const {followKey} = useShell();
	const hasKeyboard = useHasKeyboard();
	const follow = useEffectEvent((id: string) => {
		if (hasKeyboard) followKey(id);
	});
	useEffect(() => {
		if (selectedId !== undefined) follow(selectedId);
	}, [selectedId]);
}

/** While mounted: leaving asks for confirmation; with `holdsOpen`, auto-lock is suspended too. */
export function useGuard(losing: UnsavedState | undefined, holdsOpen = false): void {
	const {addBlocker} = useShell();
	// A key may be pressed before effects of other kinds have run.
	useLayoutEffect(
		() => (losing === undefined ? undefined : addBlocker({losing, holdsOpen})),
		[addBlocker, losing, holdsOpen],
	);
}

/** Shows something for a number of seconds; `left` is null while it is hidden. */
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
