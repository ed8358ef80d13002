import {expect, test} from 'vitest';
import {statusRows} from '../../source/ui/frame/status-line.ts';

const words = (rows: ReturnType<typeof statusRows>) =>
	rows.map(row => row.map(part => (typeof part === 'string' ? part : part.text)).join(''));

test('a message that fits is shown whole, what happened before what to do', () => {
	expect(words(statusRows({text: 'It is locked.', hint: 'Unlock it.', tone: 'bad'}, 40, 2))).toEqual([
		'✗ It is locked.',
		'Unlock it.',
	]);
});

test('a message that does not fit is marked where it is cut', () => {
	const rows = words(statusRows({text: 'one two three', hint: 'four five six'}, 9, 3));
	expect(rows).toEqual(['one two', 'three', 'four fiv…']);
	expect(words(statusRows({text: 'one two three four'}, 9, 1))).toEqual(['one two …']);
});
