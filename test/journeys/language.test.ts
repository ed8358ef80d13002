import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {build, type BuildOptions} from 'esbuild';
import {afterAll, beforeAll, describe, expect} from 'vitest';
import type {Translations} from '../../source/language/translate.ts';
import {test} from './journey.ts';
import {runAny, type Home} from './program.ts';

const translations: Translations = {
	'There is no key called {0} in this vault.': '此密钥库中没有名为 {0} 的密钥。',
	'{0} is not a command.': '{0} 不是命令。',
	'print this help': '显示此帮助',
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-language-'));
const program = path.join(folder, 'okx-keys.js');

/** The program as it is built with one language more. */
beforeAll(async () => {
	const {options} = (await import(pathToFileURL(path.resolve('scripts/build.js')).href)) as {
		readonly options: BuildOptions;
	};
	const table = `{'zh-CN': async () => ({default: ${JSON.stringify(translations)}})}`;
	await build({
		...options,
		outfile: program,
		plugins: [
			...(options.plugins ?? []),
			{
				name: 'one-language-more',
				setup({onLoad}) {
					onLoad({filter: /language\/languages\.ts$/}, ({path: file}) => {
						const text = fs.readFileSync(file, 'utf8');
						const contents = text.replace(/(const languages: Languages = )\{[^]*?\};/, `$1${table};`);
						expect(contents).not.toBe(text);
						return {contents, loader: 'ts'};
					});
				},
			},
		],
	});
});

afterAll(() => {
	fs.rmSync(folder, {recursive: true});
});

const speaking = async (home: Home, environment: NodeJS.ProcessEnv, ...words: readonly string[]) =>
	runAny(home, process.execPath, [program, ...words], {environment});

describe.concurrent('a language that the program has', () => {
	test.for<readonly [NodeJS.ProcessEnv]>([[{LANG: 'zh_CN.UTF-8'}], [{OKX_KEYS_LANG: 'zh-CN'}]])(
		'is spoken where %j asks for it, in help, errors and answers',
		async ([environment], {sandbox}) => {
			const {home, opened} = sandbox;
			expect((await speaking(home, environment, 'lst')).err).toContain('okx-keys: lst 不是命令。');
			expect((await speaking(home, environment, 'list', '--help')).out).toContain('显示此帮助');
			const missing = await speaking(home, environment, 'show', 'grid', ...opened);
			expect(missing.err).toContain('okx-keys: 此密钥库中没有名为 grid 的密钥。');
			expect(missing.status).toBe(10);
		},
	);

	test('is not spoken in JSON, in ASCII, or where another language comes first', async ({sandbox}) => {
		const {home, opened} = sandbox;
		const english = 'There is no key called grid in this vault.';
		const show = async (environment: NodeJS.ProcessEnv, ...words: readonly string[]) =>
			speaking(home, {LANG: 'zh_CN.UTF-8', ...environment}, 'show', 'grid', ...words, ...opened);
		expect((await show({}, '--json')).err).toContain(english);
		expect((await show({}, '--ascii')).err).toContain(english);
		expect((await show({LC_ALL: 'C.UTF-8'})).err).toContain(english);
		expect((await show({OKX_KEYS_LANG: 'en'})).err).toContain(english);
		expect((await show({LC_CTYPE: 'C', LC_MESSAGES: 'zh_CN'})).err).toContain(english);
	});
});
