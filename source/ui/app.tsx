import {useCallback, useEffect, useMemo, useState, type ReactNode} from 'react';
import {useApp} from 'ink';
import {holdOf} from '../actions/clipboard-hold.ts';
import type {Context} from '../actions/context.ts';
import {AppearanceContext} from './drawing/styled-text.tsx';
import {appearanceOf} from './drawing/appearance.ts';
import type {Appearance} from './drawing/theme.ts';
import {useAutoLock} from './shell/auto-lock.ts';
import {useClearing} from './shell/copying.ts';
import {createShells} from './shell/create-shell.ts';
import {createKeySelection, KeySelectionContext} from './key-selection.ts';
import {createMarkStore, MarksContext} from './marks.ts';
import {noneMarked} from '../core/key-list/marks.ts';
import {createExitGuard} from './shell/exit-guard.ts';
import {Frame} from './frame/frame.tsx';
import {unlockRoute} from './shell/initial-route.ts';
import {useScreenStack} from './shell/screen-stack.ts';
import {useSettingsOf} from './shell/settings.ts';
import {ShellContext, type StatusMessage} from './shell/shell.ts';
import {useStatusMessage} from './shell/status-message.ts';
import {useSuspend, type Meanwhile} from './shell/suspend.ts';
import {AlarmsContext, createAlarms, type Alarms} from './timing/alarms.ts';
import {useVaultWatch} from './shell/vault-watch.ts';
import {KeyRulesContext} from './keyboard/actions.ts';
import {KeyLayers} from './keyboard/key-layers.tsx';
import {t} from '../language/translate.ts';
import type {Route} from './routes.ts';
import {paneTitleOf, placeOf, screenOf, titleOf} from './screens/index.tsx';

export type AppOptions = {
	/** What the terminal shows, where the settings leave it to that. */
	readonly look: Appearance;
	readonly refreshMs?: number;
	readonly alarms?: Alarms;
	readonly start: Route;
	/** Stops the program until the shell resumes it; the terminal is given back before the call. */
	readonly onSuspend: Meanwhile;
	/** Receives the function that gives the terminal back until `meanwhile` ends, for stop and continue signals. */
	readonly onReady?: (suspend: (meanwhile: Meanwhile) => void) => void;
};

const screens = {screenOf, titleOf, paneTitleOf};

export function App({
	context,
	look,
	refreshMs = 1000,
	alarms: given,
	start,
	onSuspend,
	onReady,
}: AppOptions & {readonly context: Context}): ReactNode {
	const {vault, clock, settings} = context;
	useSettingsOf(context);
	const {exit} = useApp();
	const {ascii, color, isSpoken} = appearanceOf(settings, look);
	const appearance = useMemo(() => ({ascii, color, isSpoken}), [ascii, color, isSpoken]);
	const {message, messages, onKey: onKeyForMessage} = useStatusMessage(clock);
	const {notify} = messages;
	const [marks] = useState(createMarkStore);
	const [keySelection] = useState(createKeySelection);
	const {stack, navigation} = useScreenStack(start, placeOf);
	const clipboard = useMemo(() => holdOf(context.clipboard, clock), [context.clipboard, clock]);
	useClearing(clipboard, vault);
	// No timer runs while the program is stopped.
	const suspend = useSuspend(messages.notifyError, onReady, clipboard.clear);
	const [alarms] = useState(() => given ?? createAlarms(clock));
	const [openedAt, setOpenedAt] = useState(-Infinity);

	const exitGuard = useMemo(
		() =>
			createExitGuard(() => {
				notify({text: t`Finishing the current operation first…`});
			}),
		[notify],
	);
	const lock = useCallback(
		(why: StatusMessage) => {
			exitGuard.whenFinished(() => {
				vault.lock();
				notify(why);
			});
		},
		[vault, notify, exitGuard],
	);
	const {msToLock, onKey: onKeyForLock} = useAutoLock({
		context,
		alarms,
		afterMs: settings.get('lock-time'),
		exitGuard,
		navigation,
		lock,
	});

	useEffect(() => {
		const [first] = settings.problems();
		if (first) notify({text: first.problem, hint: first.fix, tone: 'warn'});
	}, [settings, notify]);

	const shellOf = useMemo(
		() =>
			createShells({
				context,
				clipboard,
				navigation,
				messages,
				exitGuard,
				lock,
				exit: () => {
					exit();
				},
				onAutoUnlocked() {
					setOpenedAt(clock());
				},
			}),
		[context, clipboard, clock, navigation, messages, exitGuard, lock, exit],
	);
	const shell = useMemo(() => shellOf(), [shellOf]);
	// A locked vault closes every screen, so that neither its content nor anything typed stays on screen.
	useEffect(
		() =>
			vault.subscribe(() => {
				if (vault.isOpen()) return;
				marks.change(() => noneMarked);
				shell.reset(unlockRoute);
			}),
		[vault, shell, marks],
	);

	const {trouble, isOnlyHere} = useVaultWatch(vault, alarms, refreshMs, {
		onNews: notify,
		onReplaced({text, ...rest}) {
			if (!exitGuard.holdsOpen() && exitGuard.unsaved() === undefined) lock({...rest, text: t`Locked: ${text}`});
		},
	});
	// Content that exists in memory alone must survive auto-lock; only a confirmed exit discards it.
	useEffect(
		() => (isOnlyHere ? exitGuard.addBlocker({losing: 'unsaved', holdsOpen: true}) : undefined),
		[isOnlyHere, exitGuard],
	);

	const whyUnchangeable = context.readonly ? t`Nothing is changed under --readonly.` : trouble;
	const keyRules = useMemo(
		() => ({
			readonly: whyUnchangeable,
			noSecrets: context.noSecrets ? t`No secret is shown under --no-secrets.` : undefined,
			onDisabled(reason: string) {
				notify({text: reason, tone: 'warn'});
			},
		}),
		[whyUnchangeable, context.noSecrets, notify],
	);
	const onKey = () => {
		const isInTime = onKeyForLock();
		if (isInTime) onKeyForMessage();
		alarms.look();
		return isInTime;
	};

	return (
		<AppearanceContext value={appearance}>
			<KeyRulesContext value={keyRules}>
				<AlarmsContext value={alarms}>
					<KeyLayers onActivity={onKey}>
						<ShellContext value={shell}>
							<MarksContext value={marks}>
								<KeySelectionContext value={keySelection}>
									<Frame
										screens={screens}
										stack={stack}
										shellOf={shellOf}
										onFocus={navigation.focus}
										message={message}
										isReadonly={whyUnchangeable !== undefined}
										openedAt={openedAt}
										msToLock={msToLock}
										onSuspend={() => {
											suspend(onSuspend);
										}}
									/>
								</KeySelectionContext>
							</MarksContext>
						</ShellContext>
					</KeyLayers>
				</AlarmsContext>
			</KeyRulesContext>
		</AppearanceContext>
	);
}
