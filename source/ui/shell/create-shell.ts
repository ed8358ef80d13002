import {isDeepStrictEqual} from 'node:util';
import {problemsOnOpening} from '../../actions/activity.ts';
import type {ClipboardHold} from '../../actions/clipboard-hold.ts';
import type {Context} from '../../actions/context.ts';
import type {Route} from '../routes.ts';
import type {ExitGuard} from './exit-guard.ts';
import {wordsForProblem} from './failure-words.ts';
import {homeRoute} from './initial-route.ts';
import type {Navigation} from './screen-stack.ts';
import type {StatusMessage, Shell} from './shell.ts';
import type {StackEntry} from './stack.ts';
import type {Messages} from './status-message.ts';
import {t} from '../../language/translate.ts';

type ShellParts = {
	readonly context: Context;
	readonly clipboard: ClipboardHold;
	readonly navigation: Navigation;
	readonly messages: Messages;
	readonly exitGuard: ExitGuard;
	readonly lock: (why: StatusMessage) => void;
	readonly exit: () => void;
	readonly onAutoUnlocked: () => void;
};

/** Makes the shell of the screen of an entry, or without one that of whichever screen has the keyboard. */
export type ShellOf = (screen?: number) => Shell;

export function createShells({
	context,
	clipboard,
	navigation,
	messages: {notify, notifyError, clearMessage},
	exitGuard,
	lock,
	exit,
	onAutoUnlocked,
}: ShellParts): ShellOf {
	const open = (from: number | undefined, route: Route) => {
		navigation.open(from, route);
		clearMessage();
	};
	/** Opens a screen that closes others, unless they are at critical work. */
	const openInPlaceOf = (closing: readonly StackEntry[], from: number | undefined, route: Route) => {
		const blocker = exitGuard.unsavedIn(closing.map(({id}) => id));
		if (!blocker) return open(from, route);
		const asked = closing.find(({id}) => id === blocker.screen);
		if (asked && isDeepStrictEqual(asked.route, route)) navigation.focus(asked.id);
		else open(from, {screen: 'confirm', danger: {act: 'discard', losing: blocker.losing}, opens: route});
	};
	return screen => ({
		context,
		clipboard,
		push(route) {
			const closing = navigation.closedByOpening(screen, route);
			const [shown] = closing;
			if (!shown) return open(screen, route);
			const isShown = closing.length === 1 && shown.place === 'key' && isDeepStrictEqual(shown.route, route);
			if (isShown) return navigation.focus(shown.id);
			exitGuard.ifIdle(() => {
				openInPlaceOf(closing, screen, route);
			});
		},
		followKey(id) {
			navigation.followKey(screen, id);
		},
		pop(count) {
			if (screen !== undefined) navigation.close(screen, count);
			clearMessage();
		},
		leave() {
			exitGuard.ifIdle(() => {
				if (screen === undefined) return;
				const losing = exitGuard.unsavedIn([screen])?.losing;
				if (losing) return open(screen, {screen: 'confirm', danger: {act: 'discard', losing}});
				navigation.close(screen);
				clearMessage();
			});
		},
		replace(route) {
			if (screen !== undefined) navigation.replace(screen, route);
			clearMessage();
		},
		closeKey: navigation.closeKey,
		reset(first = homeRoute(context.vault), ...rest) {
			navigation.reset(first, ...rest);
			clearMessage();
		},
		onUnlocked(how) {
			navigation.reset(homeRoute(context.vault));
			onAutoUnlocked();
			const [warning] = problemsOnOpening(context, {isWhole: true});
			notify(warning ? {...wordsForProblem(warning), tone: 'warn'} : {text: how, tone: 'good'});
		},
		notify,
		notifyError,
		clearMessage,
		runCritical: exitGuard.runCritical,
		ifIdle: exitGuard.ifIdle,
		addBlocker: blocker => exitGuard.addBlocker({...blocker, screen}),
		requestExit(how, asked = false) {
			const losing = asked ? undefined : exitGuard.unsaved();
			if (losing) open(screen, {screen: 'confirm', danger: {act: 'leave', how, losing}});
			else if (how === 'lock') lock({text: t`Locked.`});
			else exitGuard.whenFinished(exit);
		},
	});
}
