import type {ClipboardHold} from '../../actions/clipboard-hold.ts';
import type {Context} from '../../actions/context.ts';
import type {ExitGuard} from './exit-guard.ts';
import {wordsForProblem} from './failure-words.ts';
import {homeRoute} from './initial-route.ts';
import type {Navigation} from './screen-stack.ts';
import type {StatusMessage, Shell} from './shell.ts';
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

export function createShell({
	context,
	clipboard,
	navigation,
	messages: {notify, notifyError, clearMessage},
	exitGuard,
	lock,
	exit,
	onAutoUnlocked,
}: ShellParts): Shell {
	const push: Shell['push'] = route => {
		navigation.push(route);
		clearMessage();
	};
	return {
		context,
		clipboard,
		push,
		pop(count) {
			navigation.pop(count);
			clearMessage();
		},
		replace(route) {
			navigation.replace(route);
			clearMessage();
		},
		reset(first = homeRoute(context.vault), ...rest) {
			navigation.reset(first, ...rest);
			clearMessage();
		},
		onUnlocked(how) {
			navigation.reset(homeRoute(context.vault));
			onAutoUnlocked();
			const warning = context.vault.takeWarning();
			notify(warning ? {...wordsForProblem(warning), tone: 'warn'} : {text: how, tone: 'good'});
		},
		notify,
		notifyError,
		clearMessage,
		runCritical: exitGuard.runCritical,
		ifIdle: exitGuard.ifIdle,
		addBlocker: exitGuard.addBlocker,
		requestExit(how, asked = false) {
			const losing = asked ? undefined : exitGuard.unsaved();
			if (losing) push({screen: 'confirm', danger: {act: 'leave', how, losing}});
			else if (how === 'lock') lock({text: t`Locked.`});
			else exitGuard.whenFinished(exit);
		},
	};
}
