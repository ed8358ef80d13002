import * as fc from 'fast-check';
import {expect, test} from 'vitest';
import {descriptionRoomProblem, storedBytes} from '../../source/core/room.ts';

test('a description is too long for a vault by the bytes that it takes there, and only then', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), fc.integer({min: -5, max: 300}), (description, room) => {
			const problem = descriptionRoomProblem(description, room);
			expect(problem !== undefined).toBe(Buffer.byteLength(JSON.stringify(description)) > Math.max(0, room));
		}),
	);
});

test('how much too long it is, is said', () => {
	expect(storedBytes('é\n')).toBe(6);
	expect(descriptionRoomProblem('x'.repeat(2000), 1000)?.problem).toBe(
		'The description is 1,002 bytes longer than the vault has room for.',
	);
	expect(descriptionRoomProblem('é\n', 5)?.problem).toBe(
		'The description is 1 byte longer than the vault has room for.',
	);
});
