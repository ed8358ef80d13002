import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {gap, layOutPanes} from '../../source/ui/frame/pane-layout.ts';
import {focus, stackOf, type Place, type ScreenStack} from '../../source/ui/shell/stack.ts';

/** A stack of screens of these kinds, whose ids count from 0. */
function stacked(...places: readonly Place[]): ScreenStack {
	return stackOf(places.map((place, id) => ({id, place, route: {screen: 'help', scopes: []}})));
}

function shown(stack: ScreenStack, columns: number): string {
	const {panes} = layOutPanes(stack, columns);
	return panes.map(({id}) => stack.entries[id]!.place).join(' ');
}

describe('in sight', () => {
	test.each([
		[80, ['list'], 'list'],
		[200, ['list'], 'list'],
		[99, ['list', 'key'], 'key'],
		[100, ['list', 'key'], 'list key'],
		[100, ['list', 'work'], 'list work'],
		[159, ['list', 'key', 'work'], 'list work'],
		[160, ['list', 'key', 'work'], 'list key work'],
		[160, ['list', 'key', 'work', 'work'], 'list work work'],
		[160, ['list', 'key', 'work', 'modal'], 'list key work'],
		[200, ['list', 'work', 'page'], 'page'],
		[200, ['page'], 'page'],
		[200, ['page', 'modal'], 'page'],
		[200, ['list', 'work', 'page', 'list', 'key'], 'list key'],
	] as const)('at %i columns of %j is %s', (columns, places, wanted) => {
		expect(shown(stacked(...places), columns)).toBe(wanted);
	});
});

test('a screen reader hears one screen at a time', () => {
	const stack = focus(stacked('list', 'key', 'work'), 0);
	expect(layOutPanes(stack, 200, true)).toEqual({panes: [{id: 2, left: 0, width: 200}], keyboard: 2});
});

describe('the keyboard', () => {
	const three = stacked('list', 'key', 'work');

	test('is where it was given to, as long as that pane is in sight', () => {
		const onKey = focus(three, 1);
		expect(layOutPanes(onKey, 160).keyboard).toBe(1);
		expect(layOutPanes(onKey, 120).keyboard).toBe(2);
		expect(layOutPanes(focus(three, 0), 120).keyboard).toBe(0);
		expect(layOutPanes(focus(three, 0), 80).keyboard).toBe(2);
	});

	test.each(['page', 'modal'] as const)('is with a %s on top, whatever had it', place => {
		const stack = stacked('list', 'work', place);
		for (const {id} of stack.entries) expect(layOutPanes(focus(stack, id), 160).keyboard).toBe(2);
	});
});

test('a wide list keeps the selected key beside it only where no pane shows a key', () => {
	const [alone] = layOutPanes(stacked('list', 'work'), 160).panes;
	expect(alone!.width).toBeGreaterThanOrEqual(80);
	const [besideKey] = layOutPanes(stacked('list', 'key'), 250).panes;
	expect(besideKey!.width).toBeLessThan(80);
});

const places = fc.array(fc.constantFrom<Place>('page', 'list', 'key', 'work', 'modal'), {maxLength: 6});
const stacks = places.map(above => stacked('list', ...above));
const leastWidth = 40;

test('panes fill the width without overlapping, none too narrow for a screen, and the top is always in sight', () => {
	fc.assert(
		fc.property(stacks, fc.integer({min: leastWidth, max: 400}), fc.nat(6), (stack, columns, wanted) => {
			const {panes, keyboard} = layOutPanes(focus(stack, wanted), columns);
			let left = 0;
			for (const pane of panes) {
				expect(pane.left).toBe(left);
				expect(pane.width).toBeGreaterThanOrEqual(leastWidth);
				left += pane.width + gap;
			}

			expect(left - gap).toBe(columns);
			expect(panes.at(-1)?.id).toBe(stack.entries.findLast(({place}) => place !== 'modal')!.id);
			const inSight = [...panes.map(({id}) => id), stack.entries.at(-1)!.id];
			expect(inSight).toContain(keyboard);
		}),
	);
});

test('the panes of a wider terminal show all that those of a narrower one do', () => {
	fc.assert(
		fc.property(stacks, fc.integer({min: 40, max: 300}), fc.nat(200), (stack, columns, more) => {
			const ids = (width: number) => layOutPanes(stack, width).panes.map(({id}) => id);
			expect(ids(columns + more)).toEqual(expect.arrayContaining(ids(columns)));
		}),
	);
});
