import {afterEach, describe, expect, test} from 'vitest';
import {languages, speak, wantedLanguage} from '../../source/language/languages.ts';
import {listed, setTranslations, t} from '../../source/language/translate.ts';

const known = {
	'zh-CN': async () => ({default: {'The vault is locked.': '密钥库已锁定。'}}),
	pt: async () => ({default: {}}),
};

afterEach(() => setTranslations({}));

describe('the language', () => {
	test.each([
		[{}, undefined],
		[{LANG: 'zh_CN.UTF-8'}, 'zh-CN'],
		[{LANG: 'zh_CN'}, 'zh-CN'],
		[{LANG: 'ZH-cn'}, 'zh-CN'],
		[{LANG: 'pt_BR.UTF-8@latin'}, 'pt'],
		[{LANG: 'pt-Latn-BR'}, 'pt'],
		[{LANG: 'zh_TW.UTF-8'}, undefined],
		[{LANG: 'en_US.UTF-8'}, undefined],
		[{LANG: 'C.UTF-8'}, undefined],
		[{LANG: 'POSIX'}, undefined],
		[{LANG: 'constructor'}, undefined],
		[{LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'pt_BR.UTF-8'}, 'zh-CN'],
		[{LC_ALL: 'C', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'zh_CN.UTF-8'}, undefined],
		[{LC_ALL: '', LC_MESSAGES: '', LANG: 'pt'}, 'pt'],
		[{OKX_KEYS_LANG: 'pt', LC_ALL: 'zh_CN.UTF-8'}, 'pt'],
		[{OKX_KEYS_LANG: 'en', LC_ALL: 'zh_CN.UTF-8'}, undefined],
		[{OKX_KEYS_LANG: '', LANG: 'zh_CN.UTF-8'}, 'zh-CN'],
		[{LC_CTYPE: 'zh_CN.UTF-8'}, undefined],
	])('that %j asks for is %s', (environment, tag) => {
		expect(wantedLanguage(environment, known)).toBe(tag);
	});

	test('is that of all that is rendered after it was loaded, also of lists', async () => {
		await speak('zh-CN', known);
		expect(t`The vault is locked.`).toBe('密钥库已锁定。');
		expect(listed(['一', '二', '三'])).toBe('一、二和三');
		await speak('pt', known);
		expect(listed(['a', 'b', 'c'], 'disjunction')).toBe('a, b ou c');
	});
});

test('every language has a name that Intl knows', () => {
	const tags = [...Object.keys(languages), ...Object.keys(known)];
	expect(Intl.getCanonicalLocales(tags)).toEqual(tags);
});
