import {expect, test} from 'vitest';
import {stepRows} from '../../source/ui/key-view/step-rows.ts';

const detail = 'refused with 50110: 127.0.0.1 is not on the IP allow-list of this key';

const rowsAt = (width: number) =>
	stepRows([{name: 'auth', ok: false, ms: 12, detail}], {isRunning: false, width})
		.map(row => row.map(piece => (typeof piece === 'string' ? piece : piece.text)).join(''))
		.filter(row => !/^. (Find|Connect|Encrypt|Compare|Permissions|IP)/.test(row));

test('a detail stands beside its step, and goes on below itself where the pane is narrow', () => {
	expect(rowsAt(120)).toEqual([`✗ Sign a call     12 ms    ${detail}`]);
	expect(rowsAt(69)).toEqual([
		'✗ Sign a call     12 ms    refused with 50110: 127.0.0.1 is not on',
		`${' '.repeat(27)}the IP allow-list of this key`,
	]);
});

test('a detail stands below its step where there is no room beside it', () => {
	const [step, ...below] = rowsAt(40);
	expect(step).toMatch(/^✗ Sign a call +12 ms +$/);
	expect(below.join(' ').replaceAll(/ +/g, ' ').trim()).toBe(detail);
	expect(below.every(row => row.length <= 40 && row.startsWith('  '))).toBe(true);
});
