import {expect, test} from 'vitest';
import {sparkline} from '../../source/ui/key-view/sparkline.ts';

const text = (isAscii: boolean, columns = 9) =>
	sparkline(
		[
			[0, 0, 1],
			[1, 0, 50],
			[2, 20, 99_999],
			[3, 0, null],
			[4, 0, 100],
		],
		columns,
		isAscii,
	)
		.map(piece => (typeof piece === 'string' ? piece : piece.text))
		.join('');

test('the slowest good answer is highest, and a failure is a sign, not a height', () => {
	expect(text(false)).toBe('▁▅✗·█');
	expect(text(true)).toBe('_=✗·#');
	expect(text(false, 2)).toBe('·█');
});
