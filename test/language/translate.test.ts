import fc from 'fast-check';
import {afterEach, describe, expect, test} from 'vitest';
import {inEnglish, msg, setTranslations, t} from '../../source/language/translate.ts';

afterEach(() => setTranslations({}));

describe('a sentence', () => {
	test('is the English of the source where no language was chosen', () => {
		expect(t`There is no key named ${'bot'}.`).toBe('There is no key named bot.');
	});

	test('is translated, with its values where the language wants them', () => {
		setTranslations({'{0} of {1} keys passed.': '{1} 个密钥中有 {0} 个通过。'});
		expect(t`${3} of ${4} keys passed.`).toBe('4 个密钥中有 3 个通过。');
	});

	test('without a translation stays English, also where its text is a name that every object has', () => {
		setTranslations({'Lock the vault': '锁定'});
		expect(t`Unlock the vault`).toBe('Unlock the vault');
		expect(t`constructor`).toBe('constructor');
	});

	test('may go over several lines of the source', () => {
		expect(t`The exchange made ${'bot'},
			but the vault could not store it.`).toBe('The exchange made bot, but the vault could not store it.');
	});

	test('takes any value as it is: placeholders, patterns of a replacement, line breaks', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (left, right) => {
				expect(t`a ${left} b ${right}.`).toBe(`a ${left} b ${right}.`);
			}),
			{
				examples: [
					['{1}', '$&'],
					['\n  ', '{0}'],
				],
			},
		);
	});
});

describe('a sentence of a table', () => {
	test('is rendered in the language of the moment when it is shown', () => {
		const label = msg`Lock the vault`;
		setTranslations({'Lock the vault': '锁定'});
		expect(label()).toBe('锁定');
	});
});

describe('what is written for programs', () => {
	test('stays English, and the language is as before afterwards, also after an error', () => {
		setTranslations({yes: '是'});
		expect(inEnglish(() => t`yes`)).toBe('yes');
		expect(() =>
			inEnglish(() => {
				throw new Error('no');
			}),
		).toThrow('no');
		expect(t`yes`).toBe('是');
	});
});
