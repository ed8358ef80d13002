import {onTestFinished, vi} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {App, type AppOptions} from '../../source/ui/app.tsx';
import {createAlarms} from '../../source/ui/timing/alarms.ts';
import {followKeys} from '../../source/ui/shell/settings.ts';
import {initialRoute} from '../../source/ui/shell/initial-route.ts';
import type {FirstTry} from '../../source/ui/routes.ts';
import {withSetting} from './settings.ts';
import {TestTerminal} from './terminal.tsx';

type Wanted = Partial<AppOptions> &
	FirstTry & {readonly columns?: number; readonly rows?: number; readonly lockAfterMs?: number};

/** The whole program on a terminal of this size; it ends with the test. */
export async function openApp(
	context: Context,
	{
		columns = 80,
		rows = 24,
		look = {ascii: false, color: true},
		lockAfterMs,
		refreshMs = 100,
		opener,
		start,
		onSuspend = () => {},
	}: Wanted = {},
) {
	const terminal = new TestTerminal(columns, rows);
	const alarms = createAlarms(context.clock);
	const unfollowKeys = followKeys(context.settings);
	const app = await terminal.render(
		<App
			context={
				lockAfterMs === undefined
					? context
					: {...context, settings: withSetting(context.settings, 'lock-time', lockAfterMs)}
			}
			look={look}
			refreshMs={refreshMs}
			alarms={alarms}
			start={start ?? (await initialRoute(context.vault, {opener}))}
			onSuspend={onSuspend}
		/>,
	);
	onTestFinished(() => {
		app.unmount();
		unfollowKeys();
	});
	return {
		terminal,
		app,
		/** Has so much time go by at once, where the test has stopped it. */
		pass(ms: number) {
			vi.setSystemTime(Date.now() + ms);
			alarms.look();
		},
	};
}
