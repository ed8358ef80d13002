import {createHash} from 'node:crypto';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	appended,
	checkedLines,
	isEndWhole,
	newChain,
	withLastReplaced,
	type Chain,
} from '../../source/vault/activity/chain.ts';

const texts = fc.array(fc.string({unit: 'binary', maxLength: 30}), {minLength: 1, maxLength: 12});

function chainOf(all: readonly string[], most = Infinity): Chain {
	return all.reduce((chain, text) => appended(chain, text, most), newChain('test'));
}

function isWhole(chain: Chain): boolean {
	const {lines, endsAtHead} = checkedLines(chain);
	return endsAtHead && lines.every(({follows}) => follows);
}

/** A chain with a change of its lines that leaves the rest as it was; undefined for one that changes nothing. */
const altered = fc
	.record({all: texts, most: fc.integer({min: 1, max: 12}), at: fc.nat(), other: fc.nat(), text: fc.string()})
	.chain(({all, most, at, other, text}) => {
		const chain = chainOf(all, most);
		const {lines} = chain;
		const [here, there] = [at % lines.length, other % lines.length];
		const ways = {
			'cut one line': lines.toSpliced(here, 1),
			'cut the beginning': lines.slice(here + 1),
			'cut the end': lines.slice(0, here),
			'change a text': lines.with(here, `${lines[here]!.slice(0, 44)}${text}`),
			'change a hash': lines.with(here, `${'A'.repeat(43)}${lines[here]!.slice(43)}`),
			'swap two lines': lines.with(here, lines[there]!).with(there, lines[here]!),
			'repeat a line': lines.toSpliced(there, 0, lines[here]!),
			'take a line of another chain': lines.with(here, chainOf([text, ...all]).lines[here]!),
			'spoil a line': lines.with(here, text.replaceAll(' ', '')),
		};
		return fc.constantFrom(...Object.entries(ways).map(([way, changed]) => ({chain, way, changed})));
	})
	.filter(({chain: {lines}, changed}) => JSON.stringify(changed) !== JSON.stringify(lines));

describe('a chain', () => {
	test('holds as it was written, whatever its lines and however many were dropped, and counts them all', () => {
		fc.assert(
			fc.property(texts, fc.integer({min: 1, max: 12}), (all, most) => {
				const chain = chainOf(all, most);
				expect(isWhole(chain)).toBe(true);
				expect(isEndWhole(chain)).toBe(true);
				expect(chain.count).toBe(all.length);
				expect(checkedLines(chain).lines.map(({text}) => text)).toEqual(all.slice(-most));
			}),
		);
	});

	test('holds after its last line was replaced, and that line counts once', () => {
		fc.assert(
			fc.property(texts, fc.integer({min: 1, max: 12}), fc.string(), (all, most, text) => {
				const chain = withLastReplaced(chainOf(all, most), text);
				expect(isWhole(chain)).toBe(true);
				expect(chain.count).toBe(all.length);
				expect(appended(chain, 'next', most).count).toBe(all.length + 1);
				expect(isWhole(appended(chain, 'next', most))).toBe(true);
			}),
		);
	});

	test('activity-rewritten: shows each cut, change, swap and repetition, also after more was appended', () => {
		fc.assert(
			fc.property(altered, ({chain, changed}) => {
				const broken = {...chain, lines: changed};
				expect(isWhole(broken)).toBe(false);
				expect(isWhole(appended(broken, 'more', Infinity))).toBe(false);
			}),
			{numRuns: 500},
		);
	});

	test('activity-truncated: shows at once, by its end alone, that its last line was cut off or changed', () => {
		const chain = chainOf(['a', 'b', 'c']);
		expect(isEndWhole({...chain, lines: chain.lines.slice(0, -1)})).toBe(false);
		expect(isEndWhole({...chain, lines: []})).toBe(false);
		expect(isEndWhole({...chain, lines: chain.lines.with(2, chain.lines[2]!.replace('c', 'd'))})).toBe(false);
		expect(isEndWhole(newChain('test'))).toBe(true);
	});

	test('is SHA-256 in base64url of the hash before, a line feed and the text, as FORMAT.md has it', () => {
		const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
		const anchor = sha256('okx-keys/v1 activity changes');
		const first = sha256(`${anchor}\n{"n":1}`);
		const second = sha256(`${first}\nключ`);
		expect([first, second]).toEqual([
			'tL72HmSJIkTSOrmGLweVsMtQ-8KUWR4hw-USP6tlPk0',
			'MiHw0ON8reD9lnZWHY7dMBBR0czUXFC0p95QiE2uQIE',
		]);
		expect(['{"n":1}', 'ключ'].reduce((chain, text) => appended(chain, text, 2), newChain('changes'))).toEqual({
			count: 2,
			anchor,
			head: second,
			lines: [`${first} {"n":1}`, `${second} ключ`],
		});
	});
});
