import {useMemo, type ReactNode} from 'react';
import {Box} from 'ink';
import {Scroll} from '../drawing/scroll.tsx';
import {ViewportContext, type Viewport} from '../drawing/viewport.ts';
import {Active} from '../keyboard/layers.ts';
import type {Route} from '../routes.ts';
import type {ShellOf} from '../shell/create-shell.ts';
import {ShellContext} from '../shell/shell.ts';
import {top, type ScreenStack, type StackEntry} from '../shell/stack.ts';
import {gap, type PaneLayout, type PlacedPane} from './pane-layout.ts';
import {PaneLine} from './pane-rule.tsx';

type ScreenProps = {
	readonly shellOf: ShellOf;
	readonly screenOf: (route: Route) => ReactNode;
	readonly body: Viewport;
};

type ScreensProps = ScreenProps & {
	readonly stack: ScreenStack;
	readonly layout: PaneLayout;
	readonly hasKeyboard: boolean;
};

/** Draws all screens of the stack; those that are out of sight keep their state. */
export function Screens({stack, layout, hasKeyboard, ...props}: ScreensProps): ReactNode {
	const {columns, rows} = props.body;
	const {panes, keyboard} = layout;
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			{panes.slice(1).map(({left}) => (
				<Box key={left} position="absolute" top={0} left={left - gap + 1}>
					<PaneLine rows={rows} />
				</Box>
			))}
			{stack.entries.map(entry => (
				<Active key={entry.id} value={hasKeyboard && entry.id === keyboard}>
					<Screen {...props} entry={entry} isTop={entry === top(stack)} pane={panes.find(({id}) => id === entry.id)} />
				</Active>
			))}
		</Box>
	);
}

/** A screen in its pane, or over all of them. Out of sight it has the whole room, as below a page. */
function Screen({
	entry: {id, route, place},
	isTop,
	pane,
	shellOf,
	screenOf,
	body,
}: ScreenProps & {
	readonly entry: StackEntry;
	readonly isTop: boolean;
	readonly pane: PlacedPane | undefined;
}): ReactNode {
	const {left, width} = pane ?? {left: 0, width: body.columns};
	const isModal = place === 'modal';
	const shell = useMemo(() => shellOf(id), [shellOf, id]);
	const viewport = useMemo((): Viewport => ({columns: width, rows: body.rows}), [width, body.rows]);
	return (
		<ShellContext value={shell}>
			<ViewportContext value={viewport}>
				<Box
					display={isModal && !isTop ? 'none' : 'flex'}
					position="absolute"
					top={0}
					left={left}
					width={width}
					height={body.rows}
					{...(isModal && centered)}
				>
					{isModal ? screenOf(route) : <Scroll isShown={pane !== undefined}>{screenOf(route)}</Scroll>}
				</Box>
			</ViewportContext>
		</ShellContext>
	);
}

const centered = {alignItems: 'center', justifyContent: 'center'} as const;
