import {randomBytes} from 'node:crypto';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {parseRecoveryKey, printRecoveryKey} from '../../source/vault/slots/recovery-key.ts';
import {failureOf} from './world.ts';

const bytes32 = fc.uint8Array({minLength: 32, maxLength: 32});

/** Reads what a person typed. */
function read(typed: string): Buffer {
	return parseRecoveryKey(new Secret(typed));
}

describe('a recovery key', () => {
	it('reads back as it was printed, for any key', () => {
		fc.assert(
			fc.property(bytes32, key => {
				expect(read(printRecoveryKey(key).reveal())).toEqual(Buffer.from(key));
			}),
		);
	});

	it('fits on a line of paper: 14 groups of 4, without letters that look alike', () => {
		fc.assert(
			fc.property(bytes32, key => {
				expect(printRecoveryKey(key).reveal()).toMatch(/^[\dA-HJKMNP-TV-Z]{4}(-[\dA-HJKMNP-TV-Z]{4}){13}$/);
			}),
		);
	});

	it('is read however it is typed: case, spaces, any dashes, O for 0, I and L for 1', () => {
		const key = Buffer.alloc(32, 0x08);
		const printed = printRecoveryKey(key).reveal();
		expect(printed).toContain('0');
		expect(printed).toContain('1');
		expect(read(printed.toLowerCase())).toEqual(key);
		expect(read(` ${printed.replaceAll('-', ' – \n')}\t`)).toEqual(key);
		expect(read(printed.replaceAll('-', ''))).toEqual(key);
		expect(read(printed.replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(key);
		expect(read(printed.replaceAll('0', 'O').replaceAll('1', 'I'))).toEqual(key);
	});

	it('with any one character mistyped is refused, by its checksum', () => {
		const printed = printRecoveryKey(randomBytes(32)).reveal();
		for (let at = 0; at < printed.length; at++) {
			if (printed[at] === '-') continue;
			const mistyped = printed.slice(0, at) + (printed[at] === 'X' ? 'Y' : 'X') + printed.slice(at + 1);
			expect(() => read(mistyped)).toThrow('at least one character is mistyped');
		}
	});

	it('with two neighbouring groups exchanged is refused', () => {
		const groups = printRecoveryKey(Buffer.from(Array.from({length: 32}, (_, index) => index * 7)))
			.reveal()
			.split('-');
		for (let at = 0; at < groups.length - 1; at++) {
			const swapped = groups.with(at, groups[at + 1]!).with(at + 1, groups[at]!);
			expect(() => read(swapped.join('-'))).toThrow('mistyped');
		}
	});

	it('says what is wrong and where, and repeats nothing of what was typed', async () => {
		const printed = printRecoveryKey(Buffer.alloc(32, 0x5a)).reveal();
		const short = await failureOf(() => read(printed.slice(0, -1)));
		expect(short).toMatchObject({code: 'wrong-recovery-key', exit: 'locked'});
		expect(short.message).toContain('it has 55 letters and digits instead of 56');
		const foreign = await failureOf(() => read(printed.slice(0, 12) + '§' + printed.slice(13)));
		expect(foreign.message).toContain('group 3 has a character that no recovery key has');
		expect(foreign.message).not.toContain('§');
		expect(() => read('')).toThrow('it has 0 letters and digits');
		expect(() => read('X'.repeat(100_000))).toThrow('it has 100000 letters and digits');
	});
});
