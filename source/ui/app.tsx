import {useCallback, useEffect, useMemo, useRef, useState, type ReactNode} from 'react';
import {Box, useApp, useWindowSize} from 'ink';
import type {Context} from '../actions/context.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {padToWidth} from '../core/text/width.ts';
import type {UnlockMethod} from '../vault/vault.ts';
import {Footer} from './frame/footer.tsx';
import {Header, type Badge} from './frame/header.tsx';
import {Rows} from './drawing/rows.tsx';
import {Scroll} from './drawing/scroll.tsx';
import {statusRows} from './frame/status-line.ts';
import {AppearanceContext, StyledText} from './drawing/styled-text.tsx';
import {wordsFor, wordsForProblem} from './frame/failure-words.ts';
import {useContent} from './frame/hooks.ts';
import {KeyRulesContext, useActions} from './keyboard/actions.ts';
import {KeyLayers} from './keyboard/key-layers.tsx';
import {Active, useActionSnapshot} from './keyboard/layers.ts';
import {createExitGuard} from './frame/exit-guard.ts';
import {ShellContext, useShell, type Message, type Shell} from './frame/shell.ts';
import {ViewportContext, type Viewport} from './drawing/viewport.ts';
import {isModal, screenOf, titleOf} from './screens/index.tsx';
import {initialRoute, unlockRoute} from './frame/initial-route.ts';
import type {Route} from './routes.ts';
import {pop, push, replace, top, type Stack} from './frame/stack.ts';
import {symbols, type Appearance} from './drawing/theme.ts';
import {useTypeAhead} from './keyboard/type-ahead.ts';
import {useVaultWatch} from './frame/vault-watch.ts';
import {wrap} from './drawing/wrap.ts';

export type AppOptions = {
	readonly look: Appearance;
	/** ms without a key until the vault locks itself. */
	readonly lockAfterMs: number;
	/** How often another program's changes to the vault are looked for, ms. */
	readonly refreshMs?: number;
	/** What was given with the program to open the vault. */
	readonly opener?: UnlockMethod | undefined;
	/** Stops the program until the shell gives it the terminal again; it has been given back by then. */
	readonly onSuspend: Meanwhile;
	/** Given what gives the terminal back until `meanwhile` ends, for a signal that asks for it. */
	readonly onReady?: (suspend: (meanwhile: Meanwhile) => void) => void;
};

type Meanwhile = () => void | Promise<void>;

/** A route with its place in time, so that a screen that is opened anew starts anew. */
type Entry = {readonly id: number; readonly route: Route};

/** How long a message stays at least, ms; after that the next key takes it away. */
const messageMs = 1500;
const crumbs = ['OKX', 'API & Web Trading', 'API Keys Management'];
const smallest: Viewport = {columns: 40, rows: 12};

/** The frame around all screens: it knows none of them by name. */
export function App({
	context,
	look,
	lockAfterMs,
	refreshMs = 1000,
	opener,
	onSuspend,
	onReady,
}: AppOptions & {readonly context: Context}): ReactNode {
	const {vault, clock} = context;
	const {exit, suspendTerminal} = useApp();
	const ids = useRef(1);
	const entry = useCallback((route: Route): Entry => ({id: ids.current++, route}), []);
	const [stack, setStack] = useState<Stack<Entry>>(() => [{id: 0, route: initialRoute(context, {opener})}]);
	const [message, setMessage] = useState<Message & {readonly at: number}>();
	const lastKey = useRef(clock());
	const [openedAt, setOpenedAt] = useState(-Infinity);

	const notify = useCallback(
		(said: Message) => {
			setMessage({...said, at: clock()});
		},
		[clock],
	);
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
				notify(wordsFor(error));
			});
		},
		[suspendTerminal, notify],
	);
	useEffect(() => {
		onReady?.(suspend);
	}, [onReady, suspend]);
	const leaving = useMemo(
		() =>
			createExitGuard(() => {
				notify({text: 'One moment: what was begun is finished first.'});
			}),
		[notify],
	);

	const lock = useCallback(
		(why: Message) => {
			leaving.whenFinished(() => {
				vault.lock();
				notify(why);
			});
		},
		[vault, notify, leaving],
	);

	const shell = useMemo((): Shell => {
		// What was said of one screen is no longer true on another.
		const move = (change: (before: Stack<Entry>) => Stack<Entry>) => {
			setStack(change);
			setMessage(undefined);
		};
		return {
			context,
			push(route) {
				move(before => push(before, entry(route)));
			},
			pop(count) {
				move(before => pop(before, count));
			},
			replace(route) {
				move(before => replace(before, entry(route)));
			},
			reset(first = initialRoute(context), ...rest) {
				move(() => [entry(first), ...rest.map(route => entry(route))]);
			},
			onUnlocked(how) {
				move(() => [entry(initialRoute(context))]);
				setOpenedAt(clock());
				const warning = context.vault.takeWarning();
				notify(warning ? {...wordsForProblem(warning), tone: 'warn'} : {text: how, tone: 'good'});
			},
			notify,
			clearMessage() {
				setMessage(undefined);
			},
			notifyError(error) {
				notify(wordsFor(error));
			},
			runCritical: leaving.finish,
			ifIdle: leaving.whenIdle,
			addBlocker: leaving.guard,
			requestExit(how, asked = false) {
				const losing = asked ? undefined : leaving.losing();
				if (losing) move(before => push(before, entry({screen: 'confirm', danger: {act: 'leave', how, losing}})));
				else if (how === 'lock') lock({text: 'Locked.'});
				else
					leaving.whenFinished(() => {
						exit();
					});
			},
		};
	}, [context, clock, entry, exit, notify, lock, leaving]);

	// Whoever locks the vault, every screen that showed something of it goes, and what was typed there with it.
	useEffect(
		() =>
			vault.subscribe(() => {
				if (!vault.isOpen()) shell.reset(unlockRoute);
			}),
		[vault, shell],
	);

	const msToLock = useCallback(() => lastKey.current + lockAfterMs - clock(), [clock, lockAfterMs]);
	useEffect(() => {
		const timer = setInterval(
			() => {
				if (msToLock() > 0) return;
				if (vault.isOpen()) {
					if (!leaving.holdsOpen()) lock({text: `Locked after ${wordsOfTime(lockAfterMs)} without a key.`});
				} else {
					// What was typed or looked at before the vault was open does not stay there either.
					lastKey.current = clock();
					setStack(before => (before[0].route.screen === unlockRoute.screen ? [entry(unlockRoute)] : before));
				}
			},
			Math.min(1000, lockAfterMs / 2),
		);
		return () => {
			clearInterval(timer);
		};
	}, [vault, clock, entry, msToLock, lock, lockAfterMs, leaving]);

	const {trouble, isOnlyHere} = useVaultWatch(vault, refreshMs, {
		onNews: notify,
		onReplaced({text, ...rest}) {
			if (!leaving.holdsOpen() && leaving.losing() === undefined) lock({...rest, text: `Locked: ${text}`});
		},
	});
	// Nobody loses it by a key or by going away; whoever insists is asked.
	useEffect(
		() => (isOnlyHere ? leaving.guard({losing: 'unsaved', holdsOpen: true}) : undefined),
		[isOnlyHere, leaving],
	);
	const unchangeable = context.readonly ? 'Nothing is changed under --readonly.' : trouble;
	const rules = useMemo(
		() => ({
			readonly: unchangeable,
			onDisabled(reason: string) {
				notify({text: reason, tone: 'warn'});
			},
		}),
		[unchangeable, notify],
	);
	const onActivity = () => {
		lastKey.current = clock();
		if (message && clock() - message.at >= messageMs) setMessage(undefined);
	};

	return (
		<AppearanceContext value={look}>
			<KeyRulesContext value={rules}>
				<KeyLayers onActivity={onActivity}>
					<ShellContext value={shell}>
						<Frame
							stack={stack}
							message={message}
							isReadonly={unchangeable !== undefined}
							openedAt={openedAt}
							msToLock={msToLock}
							onSuspend={() => {
								suspend(onSuspend);
							}}
						/>
					</ShellContext>
				</KeyLayers>
			</KeyRulesContext>
		</AppearanceContext>
	);
}

function wordsOfTime(ms: number): string {
	return ms >= 60_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 1000)} s`;
}

type FrameProps = {
	readonly stack: Stack<Entry>;
	readonly message: Message | undefined;
	/** Nothing can be changed. */
	readonly isReadonly: boolean;
	/** When the vault was opened without typing. */
	readonly openedAt: number;
	readonly msToLock: () => number;
	readonly onSuspend: () => void;
};

function Frame({stack, message, isReadonly, openedAt, msToLock, onSuspend}: FrameProps): ReactNode {
	const {columns, rows} = useWindowSize();
	const {
		context: {vault, clock},
		push,
		pop,
		requestExit,
		ifIdle,
		notify,
	} = useShell();
	const availableNow = useActionSnapshot();
	const {keys} = useContent();
	const {route} = top(stack);
	useTypeAhead(openedAt, clock, () => {
		notify({text: 'The vault was open already; what you typed was ignored.', tone: 'warn'});
	});
	const isOpen = vault.isOpen();
	useActions(
		'frame',
		{
			back:
				stack.length > 1
					? () => {
							ifIdle(() => {
								pop();
							});
						}
					: undefined,
			lock: isOpen
				? () => {
						requestExit('lock', isModal(route));
					}
				: undefined,
			help() {
				ifIdle(() => {
					push({screen: 'help', scopes: [...new Set(availableNow().map(({scope}) => scope))]});
				});
			},
			// A question is answered on its own screen.
			palette: isModal(route)
				? undefined
				: () => {
						ifIdle(() => {
							push({screen: 'palette', actions: availableNow()});
						});
					},
			// On a question, whoever insists has been asked.
			quit() {
				requestExit('quit', isModal(route));
			},
			suspend: onSuspend,
		},
		{rank: 'frame'},
	);

	const badge = useBadge(route);
	const isTooSmall = columns < smallest.columns || rows < smallest.rows;
	const status = statusRows(message, columns, rows < 20 ? 2 : 3);
	const footerHeight = columns < 80 ? 2 : 1;
	const bodyRows = Math.max(1, rows - 2 - status.length - footerHeight);
	const room = useMemo((): Viewport => ({columns, rows: bodyRows}), [columns, bodyRows]);
	const nameOf = (shown: Route) => ('id' in shown ? sanitize(keys.find(({id}) => id === shown.id)?.name ?? '') : '');
	const base = stack.findLastIndex(({route}) => !isModal(route));

	return (
		<Box flexDirection="column" width={columns} height={rows}>
			{isTooSmall && <TooSmall columns={columns} rows={rows} />}
			<Box display={isTooSmall ? 'none' : 'flex'} flexDirection="column" width={columns} height={rows}>
				<Header
					crumbs={[...crumbs, ...stack.map(({route}) => titleOf(route, nameOf(route))).filter(title => title !== '')]}
					badge={badge}
					isReadonly={isReadonly}
					msToLock={isOpen ? msToLock : null}
					columns={columns}
				/>
				<StyledText tone="muted">{symbols.rule.repeat(columns)}</StyledText>
				<ViewportContext value={room}>
					<Box width={columns} height={room.rows} overflow="hidden">
						{stack.map(({id, route}, index) => (
							<Active key={id} value={index === stack.length - 1 && !isTooSmall}>
								<Place isModal={isModal(route)} isShown={index >= base} room={room}>
									{screenOf(route)}
								</Place>
							</Active>
						))}
					</Box>
				</ViewportContext>
				<Rows rows={status} width={columns} />
				<Footer columns={columns} rows={footerHeight} />
			</Box>
		</Box>
	);
}

/**
 * A screen in its place: hidden screens keep what was typed into them; a modal lies on top of the last that is none.
 */
function Place({
	isModal,
	isShown,
	room,
	children,
}: {
	readonly isModal: boolean;
	readonly isShown: boolean;
	readonly room: Viewport;
	readonly children: ReactNode;
}): ReactNode {
	if (!isModal) return <Scroll isShown={isShown}>{children}</Scroll>;
	return (
		<Box
			position="absolute"
			top={0}
			left={0}
			width={room.columns}
			height={room.rows}
			alignItems="center"
			justifyContent="center"
		>
			{children}
		</Box>
	);
}

function TooSmall({columns, rows}: Viewport): ReactNode {
	const text = `This window is too small: it has ${columns}x${rows}, and ${smallest.columns}x${smallest.rows} are needed. Nothing is lost; make it larger.`;
	return (
		<Rows
			rows={wrap(text, Math.max(2, columns))
				.slice(0, rows)
				.map(row => [padToWidth(row, columns)])}
			width={columns}
		/>
	);
}

/** Whose money is at stake here, and what the sandbox rehearses. */
function useBadge(route: Route): Badge {
	const {context} = useShell();
	const {keys} = useContent();
	if (context.sandbox) return {at: 'SANDBOX', note: context.faults?.current()};
	const shown = 'id' in route ? keys.filter(({id}) => id === route.id) : keys;
	if (shown.some(({environment}) => environment === 'live')) return {at: 'LIVE'};
	return {at: shown.length > 0 ? 'DEMO' : ''};
}
