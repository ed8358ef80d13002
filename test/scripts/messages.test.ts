import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {expect, onTestFinished, test} from 'vitest';
import type {Translations} from '../../source/language/translate.ts';

type Messages = ReadonlyMap<string, string>;

const script = path.resolve('scripts/messages.js');
const {messagesOf, templateOf, problemsIn} = (await import(pathToFileURL(script).href)) as {
	readonly messagesOf: (folder: string) => Messages;
	readonly templateOf: (messages: Messages) => string;
	readonly problemsIn: (translations: Translations, messages: Messages) => readonly string[];
};

function folderOf(files: Readonly<Record<string, string>>): string {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-messages-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	for (const [name, text] of Object.entries(files)) {
		fs.mkdirSync(path.dirname(path.join(folder, name)), {recursive: true});
		fs.writeFileSync(path.join(folder, name), text);
	}
	return folder;
}

const source = {
	'core/a.ts': [
		"const table = {one: msg`It’s “here” or 'there'.`};",
		'const two = <T,>(name: T) => t`The key ${name} has',
		'	${t`one of ${name}`} \\u2713.`;',
		'const other = sql`never mind`;',
	].join('\n'),
	'ui/b.tsx': 'const it = <Text>{t`Lock the vault`}{t`one of ${1}`}</Text>;',
};

test('every sentence of the source is found once, as the translation looks it up', () => {
	expect([...messagesOf(folderOf(source))]).toEqual([
		["It’s “here” or 'there'.", 'core/a.ts'],
		['The key {0} has {1} ✓.', 'core/a.ts'],
		['one of {0}', 'core/a.ts'],
		['Lock the vault', 'ui/b.tsx'],
	]);
});

test('the template for translators is a module with all of them, still empty', async () => {
	const messages = messagesOf(folderOf(source));
	const file = path.join(folderOf({'xx.mjs': templateOf(messages)}), 'xx.mjs');
	const {default: translations} = (await import(pathToFileURL(file).href)) as {readonly default: Translations};
	expect(translations).toEqual(Object.fromEntries([...messages.keys()].map(id => [id, ''])));
});

test('a translation is told what it lacks and what it has too much', () => {
	const messages = messagesOf(folderOf(source));
	const good = {
		"It’s “here” or 'there'.": '这里或那里。',
		'The key {0} has {1} ✓.': '{1} ✓ {0}',
		'one of {0}': '{0}',
		'Lock the vault': '锁定',
	};
	expect(problemsIn(good, messages)).toEqual([]);
	const {'Lock the vault': _, ...short} = good;
	expect(
		problemsIn(
			{...short, "It’s “here” or 'there'.": '', 'The key {0} has {1} ✓.': '{0} {2}', 'Lock it': '锁定'},
			messages,
		),
	).toEqual([
		"missing (core/a.ts): It’s “here” or 'there'.",
		'missing (ui/b.tsx): Lock the vault',
		'lacks {1}: The key {0} has {1} ✓.',
		'has {2}, which has no value: The key {0} has {1} ✓.',
		'not in the source: Lock it',
	]);
});

test('the template of this program is one that is accepted once it is filled, and not before', async () => {
	const messages = messagesOf('source');
	expect(messages.has('There is no key called {0} in this vault.')).toBe(true);
	const template = templateOf(messages);
	const folder = folderOf({
		'empty.ts': template,
		'full.mjs': template.replaceAll(/^(\t'(.+)': )'',$/gm, "$1'$2',"),
	});
	const {default: full} = (await import(pathToFileURL(path.join(folder, 'full.mjs')).href)) as {
		readonly default: Translations;
	};
	expect(problemsIn(full, messages)).toEqual([]);
	const {status, stderr} = spawnSync(process.execPath, [script, '--check', path.join(folder, 'empty.ts')], {
		encoding: 'utf8',
	});
	expect(status).toBe(1);
	expect(stderr.trim().split('\n')).toHaveLength(messages.size);
});
