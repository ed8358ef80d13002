import {useContext, useMemo, type ReactNode} from 'react';
import {Box, useIsScreenReaderEnabled, useWindowSize} from 'ink';
import {sanitize} from '../../core/text/sanitize.ts';
import {padToWidth} from '../../core/text/width.ts';
import {Rows} from '../drawing/rows.tsx';
import {CanvasContext} from '../painting/canvas.ts';
import type {Viewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {useTypeAhead} from '../keyboard/type-ahead.ts';
import type {Route} from '../routes.ts';
import {crumbsOf} from './crumbs.ts';
import {Footer} from './footer.tsx';
import {footerHeight} from './footer-height.ts';
import {useFrameActions} from './frame-actions.ts';
import {Header, type Badge} from './header.tsx';
import {useShownKeys} from '../shell/hooks.ts';
import {layOutPanes} from './pane-layout.ts';
import {PaneRule} from './pane-rule.tsx';
import {Screens} from './screens.tsx';
import type {ShellOf} from '../shell/create-shell.ts';
import {useShell, type StatusMessage} from '../shell/shell.ts';
import {entryOf, pathToTop, top, type ScreenStack} from '../shell/stack.ts';
import {statusRows} from './status-line.ts';
import {t} from '../../language/translate.ts';

const smallest: Viewport = {columns: 40, rows: 12};
const mostStatusRows = 5;

/** The frame knows a screen by its route only, so that it imports no screen. */
export type ScreenTable = {
	readonly screenOf: (route: Route) => ReactNode;
	readonly titleOf: (route: Route, keyName: string) => string;
	readonly paneTitleOf: (route: Route, keyName: string) => string;
};

type FrameProps = {
	readonly screens: ScreenTable;
	readonly stack: ScreenStack;
	readonly shellOf: ShellOf;
	/** Gives an entry of the stack the keyboard. */
	readonly onFocus: (id: number) => void;
	readonly message: StatusMessage | undefined;
	readonly isReadonly: boolean;
	/** The time of an unlock without typing. */
	readonly openedAt: number;
	readonly msToLock: () => number;
	readonly onSuspend: () => void;
};

export function Frame({
	screens,
	stack,
	shellOf,
	onFocus,
	message,
	isReadonly,
	openedAt,
	msToLock,
	onSuspend,
}: FrameProps): ReactNode {
	const {context, clipboard, notify} = useShell();
	const {columns, rows} = useWindowSize();
	const {attach} = useContext(CanvasContext);
	const {route} = top(stack);
	const badge = useBadge(route);
	const nameOf = useKeyName();
	const isLinear = useIsScreenReaderEnabled();
	const layout = useMemo(() => layOutPanes(stack, columns, isLinear), [stack, columns, isLinear]);
	useTypeAhead(openedAt, context.clock, () => {
		notify({text: t`The vault was open already; what you typed was ignored.`, tone: 'warn'});
	});
	useFrameActions({stack, layout, shellOf, onFocus, onSuspend});

	const isTooSmall = columns < smallest.columns || rows < smallest.rows;
	const status = statusRows(message, columns, Math.min(mostStatusRows, Math.floor(rows / 5)));
	const footerRows = footerHeight(columns);
	const bodyRows = Math.max(1, rows - 2 - status.length - footerRows);
	const body = useMemo((): Viewport => ({columns, rows: bodyRows}), [columns, bodyRows]);
	const titles = pathToTop(stack).map(entry => screens.titleOf(entry.route, nameOf(entry.route)));
	const panes = layout.panes.map(pane => {
		const {route: shown} = entryOf(stack, pane.id)!;
		return {...pane, title: screens.paneTitleOf(shown, nameOf(shown))};
	});

	return (
		<Box ref={attach} position="absolute" flexDirection="column" width={columns} height={rows} overflow="hidden">
			{isTooSmall && <TooSmall columns={columns} rows={rows} />}
			<Box display={isTooSmall ? 'none' : 'flex'} flexDirection="column" width={columns} height={rows}>
				<Header
					crumbs={crumbsOf(titles)}
					badge={badge}
					isReadonly={isReadonly}
					msToLock={context.vault.isOpen() ? msToLock : null}
					clipboard={clipboard}
					columns={columns}
				/>
				<PaneRule panes={panes} keyboard={layout.keyboard} columns={columns} />
				<Screens
					stack={stack}
					layout={layout}
					hasKeyboard={!isTooSmall}
					shellOf={shellOf}
					screenOf={screens.screenOf}
					body={body}
				/>
				<Rows rows={status} width={columns} />
				<Footer columns={columns} rows={footerRows} />
			</Box>
		</Box>
	);
}

function TooSmall({columns, rows}: Viewport): ReactNode {
	const text = t`This window is too small: it has ${columns}x${rows}, and ${smallest.columns}x${smallest.rows} are
		needed. Nothing is lost; make it larger.`;
	return (
		<Rows
			rows={wrap(text, Math.max(2, columns))
				.slice(0, rows)
				.map(row => [padToWidth(row, columns)])}
			width={columns}
		/>
	);
}

function useKeyName(): (route: Route) => string {
	const keys = useShownKeys();
	return route => ('id' in route ? sanitize(keys.find(({id}) => id === route.id)?.name ?? '') : '');
}

function useBadge(route: Route): Badge {
	const {context} = useShell();
	const keys = useShownKeys();
	if (context.sandbox) return {at: 'sandbox', note: context.faults?.current()};
	const shown = 'id' in route ? keys.filter(({id}) => id === route.id) : keys;
	if (shown.some(({environment}) => environment === 'live')) return {at: 'live'};
	return {at: shown.length > 0 ? 'demo' : 'none'};
}
