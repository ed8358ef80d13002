import type {Route} from '../routes.ts';

/**
 * Where a screen stands. In a wide terminal, the keys and works above a list are panes beside it; a page fills the
 * screen, and a modal lies on what is below.
 */
export type Place = 'page' | 'list' | 'key' | 'work' | 'modal';

export type Screen = {readonly route: Route; readonly place: Place};

export type StackEntry = Screen & {
	/** New for each visit, so that a reopened screen starts afresh. */
	readonly id: number;
	/** The entry that it was opened from, which gets the keyboard back; undefined at the bottom. */
	readonly opener: number | undefined;
};

export type ScreenStack = {
	/** From bottom to top, never empty. */
	readonly entries: readonly StackEntry[];
	/** The entry that wants the keyboard; while it is not in sight, the top has it. */
	readonly focused: number;
};

type NewEntry = Omit<StackEntry, 'opener'>;

export function stackOf(screens: readonly NewEntry[]): ScreenStack {
	const entries = screens.map((screen, index): StackEntry => ({...screen, opener: screens[index - 1]?.id}));
	return {entries, focused: entries.at(-1)!.id};
}

export function top({entries}: ScreenStack): StackEntry {
	return entries.at(-1)!;
}

export function entryOf({entries}: ScreenStack, id: number): StackEntry | undefined {
	return entries.find(entry => entry.id === id);
}

/** The entries that lead to the top, each opened from the one before. */
export function pathToTop(stack: ScreenStack): readonly StackEntry[] {
	const path = [top(stack)];
	for (let {opener} = path[0]!; opener !== undefined; opener = path[0]!.opener) path.unshift(entryOf(stack, opener)!);
	return path;
}

export function standsBeside({place}: Pick<Screen, 'place'>): boolean {
	return place === 'key' || place === 'work';
}

/** The panes beside an entry: those that lie right above it. */
export function panesBeside({entries}: ScreenStack, id: number): readonly StackEntry[] {
	const above = entries.slice(entries.findIndex(entry => entry.id === id) + 1);
	const end = above.findIndex(entry => !standsBeside(entry));
	return end === -1 ? above : above.slice(0, end);
}

/** What opening a screen from the entry `from` closes: it takes the room of what stands there. */
export function closedByOpening(stack: ScreenStack, from: number, screen: Screen): readonly StackEntry[] {
	if (!standsBeside(screen)) return [];
	const beside = panesBeside(stack, from);
	return screen.place === 'work' && isOfSameKey(beside[0], screen) ? beside.slice(1) : beside;
}

function isOfSameKey(shown: StackEntry | undefined, {route}: Screen): boolean {
	return shown?.place === 'key' && 'id' in shown.route && 'id' in route && shown.route.id === route.id;
}

/** Opens a screen from the entry `from`, with the keyboard. */
export function open(stack: ScreenStack, from: number, opened: NewEntry): ScreenStack {
	const rest = closedByOpening(stack, from, opened).reduce((left, {id}) => close(left, id), stack);
	const {entries} = rest;
	const at = standsBeside(opened)
		? entries.findIndex(({id}) => id === from) + 1 + panesBeside(rest, from).length
		: entries.length;
	return {entries: entries.toSpliced(at, 0, openedFrom(from, opened)), focused: opened.id};
}

/** Closes one entry; the first one always stays. The keyboard goes back to where it was opened from. */
export function close(stack: ScreenStack, id: number): ScreenStack {
	const closed = entryOf(stack, id);
	const {opener} = closed ?? {};
	if (opener === undefined) return stack;
	return {
		entries: stack.entries
			.filter(entry => entry !== closed)
			.map(entry => (entry.opener === id ? openedFrom(opener, entry) : entry)),
		focused: stack.focused === id ? opener : stack.focused,
	};
}

function openedFrom(opener: number, screen: NewEntry): StackEntry {
	return {...screen, opener};
}

/** Opens a screen in the place of an entry. It has the keyboard if that one had it. */
export function replace(stack: ScreenStack, id: number, opened: NewEntry): ScreenStack {
	const replaced = entryOf(stack, id);
	if (replaced?.opener === undefined) return stack;
	const {entries, focused} = open(close(stack, id), replaced.opener, opened);
	return {entries, focused: stack.focused === id ? focused : stack.focused};
}

export function focus(stack: ScreenStack, id: number): ScreenStack {
	return entryOf(stack, id) ? {...stack, focused: id} : stack;
}
