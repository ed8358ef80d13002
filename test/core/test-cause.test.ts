import {afterEach, describe, expect, test} from 'vitest';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import {withVisibleCauses} from '../../source/core/diagnosis/visible-causes.ts';
import {findings} from '../../source/core/health/findings.ts';
import {causeOf, storedCause} from '../../source/core/key/test-cause.ts';
import {sentences, setTranslations, t} from '../../source/language/translate.ts';
import {keyJson} from '../../source/cli/print.ts';
import {storedKey} from '../helpers/keys.ts';
import {englishIn, speakPseudoLanguage} from '../helpers/pseudo-language.ts';

const translations = {
	'The address {0} is refused ({1}).': '地址 {0} 被拒绝（{1}）。',
	'no list': '无列表',
	'The vault is locked.': '密钥库已锁定。',
	'{0} {1}': '{0}{1}',
};
const cause = () => t`The address ${'203.0.113.7'} is refused (${t`no list`}).`;

afterEach(() => setTranslations({}));

describe('the cause of a test', () => {
	test('is stored in English whatever language is spoken, and said in the one that is spoken later', () => {
		setTranslations(translations);
		const stored = storedCause(cause);
		expect(stored.cause).toBe('The address 203.0.113.7 is refused (no list).');
		expect(causeOf(stored)).toBe('地址 203.0.113.7 被拒绝（无列表）。');
		setTranslations({});
		expect(causeOf(stored)).toBe('The address 203.0.113.7 is refused (no list).');
	});

	test('without values is nothing but its English, and of several sentences each is said', () => {
		expect(storedCause(() => t`The vault is locked.`)).toEqual({cause: 'The vault is locked.'});
		const stored = storedCause(() => sentences(t`The vault is locked.`, cause()));
		setTranslations(translations);
		expect(causeOf({cause: 'The vault is locked.'})).toBe('密钥库已锁定。');
		expect(causeOf(stored)).toBe('密钥库已锁定。地址 203.0.113.7 被拒绝（无列表）。');
	});

	test('of an earlier version stays as it was stored', () => {
		setTranslations(translations);
		expect(causeOf({cause: 'The key works: read {0}.'})).toBe('The key works: read {0}.');
	});

	test.each([
		['says something else', {id: 'The vault is locked.', values: []}],
		['is of another form', {id: 5, values: 'x'}],
		['is nothing', null],
		['holds what cannot be said', {id: '{0}', values: [{id: '{0}', values: [null]}]}],
	])('is its English where what was stored beside it %s', (_, said) => {
		setTranslations(translations);
		expect(causeOf({cause: 'No answer.', said: said as never})).toBe('No answer.');
	});

	test('is its English alone where what the exchange said is very long', () => {
		const stored = storedCause(() => t`It said: ${'x'.repeat(5000)}`);
		expect(Object.keys(stored)).toEqual(['cause']);
	});

	test('that the exchange gave is said in the language of now, with its code and all that was seen here', () => {
		const key = storedKey({ip: ['10.0.0.1']});
		const failure = {
			kind: 'code',
			exchangeCode: '50110',
			host: 'www.okx.com',
			message: 'IP 203.0.113.7 refused',
		} as const;
		const stored = storedCause(() => withVisibleCauses(diagnose(failure), failure, key).cause);
		speakPseudoLanguage();
		expect(causeOf(stored)).toMatch(/10\.0\.0\.1.*\(50110\)$/);
		expect(englishIn(causeOf(stored), [])).toEqual([]);
	});

	test('is said anew in findings, and is English in JSON', () => {
		const stored = storedCause(cause);
		const key = storedKey({lastTest: {at: 1, ok: false, code: 22, latencyMs: 1, live: null, ...stored}});
		setTranslations(translations);
		expect(findings(key, 1).map(({text}) => text)).toContain('last test failed: 地址 203.0.113.7 被拒绝（无列表）。');
		expect(keyJson(key, 1).lastTest).toEqual({
			at: 1,
			ok: false,
			code: 22,
			cause: stored.cause,
			latencyMs: 1,
			live: null,
		});
	});
});
