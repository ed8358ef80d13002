import {expect, test} from 'vitest';
import type {Route} from '../../source/ui/routes.ts';
import {placeOf} from '../../source/ui/screens/index.tsx';
import {
	close,
	closedByOpening,
	focus,
	open,
	pathToTop,
	replace,
	stackOf,
	type ScreenStack,
} from '../../source/ui/shell/stack.ts';

let lastId = 0;
const entry = (route: Route) => ({id: lastId++, route, place: placeOf(route)});
const keys: Route = {screen: 'keys'};
const key = (id = 'a'): Route => ({screen: 'key', id});
const edit = (id = 'a'): Route => ({screen: 'edit', id});
const sure: Route = {screen: 'confirm', danger: {act: 'remove', id: 'a'}};

const named = ({entries}: ScreenStack) => entries.map(({route}) => route.screen);
const idOf = ({entries}: ScreenStack, screen: string) => entries.find(({route}) => route.screen === screen)!.id;
const focusedIn = (stack: ScreenStack) => stack.entries.find(({id}) => id === stack.focused)!.route.screen;

/** The first screen, with others each opened from the one before. */
function stacked(...routes: readonly Route[]): ScreenStack {
	return stackOf(routes.map(entry));
}

test('an opened screen is on top with the keyboard, and closing it gives the keyboard back', () => {
	const one = stacked(keys, key());
	const opened = open(one, one.focused, entry(edit()));
	expect(named(opened)).toEqual(['keys', 'key', 'edit']);
	expect(focusedIn(opened)).toBe('edit');
	expect(close(opened, opened.focused)).toEqual(one);
});

test('the first screen cannot be closed', () => {
	const one = stacked(keys);
	expect(close(one, one.focused)).toBe(one);
});

test('a key or a work that is opened from the list takes the room of what stands beside it', () => {
	const one = stacked(keys, key('a'), edit('a'));
	const list = idOf(one, 'keys');
	expect(named(open(one, list, entry(edit('b'))))).toEqual(['keys', 'edit']);
	expect(named(open(one, list, entry(key('b'))))).toEqual(['keys', 'key']);
	expect(closedByOpening(one, list, entry(key('b'))).map(({route}) => route.screen)).toEqual(['key', 'edit']);
});

test('a work of the key that stands beside the list leaves that key there', () => {
	const one = stacked(keys, key('a'), edit('a'));
	const opened = open(one, idOf(one, 'keys'), entry({screen: 'test', id: 'a'}));
	expect(named(opened)).toEqual(['keys', 'key', 'test']);
	expect(focusedIn(close(opened, opened.focused))).toBe('keys');
});

test('a page or a question closes nothing, and gives the keyboard back to the pane that had it', () => {
	const one = focus(stacked(keys, edit()), 0);
	const list = focus(one, idOf(one, 'keys'));
	for (const route of [sure, {screen: 'health'}] satisfies Route[]) {
		const opened = open(list, list.focused, entry(route));
		expect(named(opened)).toEqual(['keys', 'edit', route.screen]);
		expect(close(opened, opened.focused)).toEqual(list);
	}
});

test('what is opened from below a question stays below it', () => {
	const one = stacked(keys, {screen: 'create'});
	const asked = open(one, idOf(one, 'keys'), entry(sure));
	const made = replace(asked, idOf(asked, 'create'), entry({screen: 'created', id: 'b'}));
	expect(named(made)).toEqual(['keys', 'created', 'confirm']);
	expect(focusedIn(made)).toBe('confirm');
});

test('a screen that closes between two others leaves the one above, which then gives the keyboard below', () => {
	const one = stacked(keys, key(), edit());
	const closed = close(one, idOf(one, 'key'));
	expect(named(closed)).toEqual(['keys', 'edit']);
	expect(focusedIn(closed)).toBe('edit');
	expect(focusedIn(close(closed, closed.focused))).toBe('keys');
});

test('a replaced screen gives its place and its keyboard to the other', () => {
	const one = stacked(keys, {screen: 'create'});
	const made = replace(one, one.focused, entry({screen: 'created', id: 'b'}));
	expect(named(made)).toEqual(['keys', 'created']);
	expect(focusedIn(made)).toBe('created');
	const looking = focus(one, idOf(one, 'keys'));
	expect(focusedIn(replace(looking, idOf(one, 'create'), entry({screen: 'created', id: 'b'})))).toBe('keys');
});

test('a question that is replaced opens the other from where it was asked', () => {
	const one = stacked(keys, {screen: 'test', id: 'a'}, sure);
	expect(named(replace(one, one.focused, entry({screen: 'sites', id: 'a'})))).toEqual(['keys', 'test', 'sites']);
	const half = stacked(keys, edit('a'));
	const asked = open(half, idOf(half, 'keys'), entry(sure));
	expect(named(replace(asked, asked.focused, entry(key('b'))))).toEqual(['keys', 'key']);
});

test('the keyboard cannot go to a screen that has closed', () => {
	const one = stacked(keys);
	expect(focus(one, -1)).toBe(one);
});

test('the path to the top has what each screen was opened from, and not what happens to lie between', () => {
	const one = stacked(keys, key(), edit());
	const named = pathToTop(open(one, idOf(one, 'keys'), entry({screen: 'health'}))).map(({route}) => route.screen);
	expect(named).toEqual(['keys', 'health']);
	expect(pathToTop(one)).toEqual(one.entries);
});
