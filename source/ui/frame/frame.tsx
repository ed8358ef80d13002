import {useMemo, type ReactNode} from 'react';
import {Box, useWindowSize} from 'ink';
import {sanitize} from '../../core/text/sanitize.ts';
import {padToWidth} from '../../core/text/width.ts';
import {Rows} from '../drawing/rows.tsx';
import {Scroll} from '../drawing/scroll.tsx';
import {StyledText} from '../drawing/styled-text.tsx';
import {symbols} from '../drawing/theme.ts';
import {ViewportContext, type Viewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {Active} from '../keyboard/layers.ts';
import {useTypeAhead} from '../keyboard/type-ahead.ts';
import type {Route} from '../routes.ts';
import {Footer} from './footer.tsx';
import {useFrameActions} from './frame-actions.ts';
import {Header, type Badge} from './header.tsx';
import {useShownKeys} from '../shell/hooks.ts';
import type {StackEntry} from '../shell/screen-stack.ts';
import {useShell, type StatusMessage} from '../shell/shell.ts';
import {top, type Stack} from '../shell/stack.ts';
import {statusRows} from './status-line.ts';
import {msg, t} from '../../language/translate.ts';

const menu = [() => 'OKX', msg`API & Web Trading`, msg`API Keys Management`];
const smallest: Viewport = {columns: 40, rows: 12};

/** The frame knows a screen by its route only, so that it imports no screen. */
export type Screens = {
	readonly screenOf: (route: Route) => ReactNode;
	readonly titleOf: (route: Route, keyName: string) => string;
	readonly isModal: (route: Route) => boolean;
};

type FrameProps = {
	readonly screens: Screens;
	readonly stack: Stack<StackEntry>;
	readonly message: StatusMessage | undefined;
	readonly isReadonly: boolean;
	/** The time of an unlock without typing. */
	readonly openedAt: number;
	readonly msToLock: () => number;
	readonly onSuspend: () => void;
};

export function Frame({screens, stack, message, isReadonly, openedAt, msToLock, onSuspend}: FrameProps): ReactNode {
	const {context, clipboard, notify} = useShell();
	const {columns, rows} = useWindowSize();
	const {route} = top(stack);
	const badge = useBadge(route);
	const crumbs = useCrumbs(stack, screens);
	useTypeAhead(openedAt, context.clock, () => {
		notify({text: t`The vault was open already; what you typed was ignored.`, tone: 'warn'});
	});
	useFrameActions({canGoBack: stack.length > 1, isQuestion: screens.isModal(route), onSuspend});

	const isTooSmall = columns < smallest.columns || rows < smallest.rows;
	const status = statusRows(message, columns, rows < 20 ? 2 : 3);
	const footerRows = columns < 80 ? 2 : 1;
	const bodyRows = Math.max(1, rows - 2 - status.length - footerRows);
	const viewport = useMemo((): Viewport => ({columns, rows: bodyRows}), [columns, bodyRows]);

	return (
		<Box flexDirection="column" width={columns} height={rows}>
			{isTooSmall && <TooSmall columns={columns} rows={rows} />}
			<Box display={isTooSmall ? 'none' : 'flex'} flexDirection="column" width={columns} height={rows}>
				<Header
					crumbs={crumbs}
					badge={badge}
					isReadonly={isReadonly}
					msToLock={context.vault.isOpen() ? msToLock : null}
					clipboard={clipboard}
					columns={columns}
				/>
				<StyledText tone="muted">{symbols.rule.repeat(columns)}</StyledText>
				<ViewportContext value={viewport}>
					<ScreenStack stack={stack} screens={screens} hasKeyboard={!isTooSmall} viewport={viewport} />
				</ViewportContext>
				<Rows rows={status} width={columns} />
				<Footer columns={columns} rows={footerRows} />
			</Box>
		</Box>
	);
}

type ScreenStackProps = Pick<FrameProps, 'stack' | 'screens'> & {
	readonly hasKeyboard: boolean;
	readonly viewport: Viewport;
};

/**
 * Draws all screens of the stack. Hidden screens keep their input, and modal ones lie on the last that is not modal.
 */
function ScreenStack({stack, screens: {screenOf, isModal}, hasKeyboard, viewport}: ScreenStackProps): ReactNode {
	const base = stack.findLastIndex(({route}) => !isModal(route));
	return (
		<Box width={viewport.columns} height={viewport.rows} overflow="hidden">
			{stack.map(({id, route}, index) => (
				<Active key={id} value={hasKeyboard && index === stack.length - 1}>
					{isModal(route) ? (
						<Centered viewport={viewport}>{screenOf(route)}</Centered>
					) : (
						<Scroll isShown={index >= base}>{screenOf(route)}</Scroll>
					)}
				</Active>
			))}
		</Box>
	);
}

function Centered({viewport, children}: {readonly viewport: Viewport; readonly children: ReactNode}): ReactNode {
	return (
		<Box
			position="absolute"
			top={0}
			left={0}
			width={viewport.columns}
			height={viewport.rows}
			alignItems="center"
			justifyContent="center"
		>
			{children}
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

function useCrumbs(stack: Stack<StackEntry>, {titleOf}: Screens): readonly string[] {
	const keys = useShownKeys();
	const nameOf = (route: Route) => ('id' in route ? sanitize(keys.find(({id}) => id === route.id)?.name ?? '') : '');
	return [
		...menu.map(name => name()),
		...stack.map(({route}) => titleOf(route, nameOf(route))).filter(title => title !== ''),
	];
}

function useBadge(route: Route): Badge {
	const {context} = useShell();
	const keys = useShownKeys();
	if (context.sandbox) return {at: 'sandbox', note: context.faults?.current()};
	const shown = 'id' in route ? keys.filter(({id}) => id === route.id) : keys;
	if (shown.some(({environment}) => environment === 'live')) return {at: 'live'};
	return {at: shown.length > 0 ? 'demo' : 'none'};
}
