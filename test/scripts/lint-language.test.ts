import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {RuleTester} from 'oxlint/plugins-dev';
import {describe, it} from 'vitest';

RuleTester.describe = describe;
RuleTester.it = it;

type Rule = Parameters<RuleTester['run']>[1];

const {rules} = (
	(await import(pathToFileURL(path.resolve('scripts/lint/language.js')).href)) as {
		readonly default: {readonly rules: Readonly<Record<'translated' | 'late' | 'whole', Rule>>};
	}
).default;
const tester = new RuleTester({languageOptions: {sourceType: 'module', parserOptions: {lang: 'tsx'}}});
const untranslated = [{messageId: 'untranslated'}];

tester.run('a sentence that people read', rules.translated, {
	valid: [
		'const it = t`The vault is locked.`;',
		'const it = msg`The vault is locked.`;',
		'const it = t`The vault ${name} ${isThere ? t`is there` : t`is gone`}.`;',
		"throw new Error('The vault is locked.');",
		"throw new TypeError('The vault ' + name + ' is locked.');",
		"hash.update('a domain of ours');",
		"database.exec('SELECT name FROM keys');",
		"import it from 'a package';",
		"let it: 'one of' | 'two of';",
		"const it = {'not a word': 1};",
		"const it = {paths: ['Library/Application Support/Code']};",
		"const row = {command: 'agent lock'};",
		"const it = 'one two three'.split(' ');",
		"if (said.includes('dubious ownership')) go();",
		"if (it === 'its only value') go();",
		"switch (it) { case 'its only value': go(); }",
		"const it = '-----END AGE ENCRYPTED FILE-----';",
		"const it = 'ctrl+c';",
		'const it = `${minute} UTC`;',
		'const it = <Text>{words}</Text>;',
	],
	invalid: [
		{code: "const it = 'The vault is locked.';", errors: untranslated},
		{code: 'const it = `The vault is locked.`;', errors: untranslated},
		{code: 'const it = `${count} keys`;', errors: untranslated},
		{code: "const it = t`${isThere ? 'it is there' : name}`;", errors: untranslated},
		{code: "notify({text: name + ' is gone, and nothing else'});", errors: untranslated},
		{code: "switch (it) { case 1: go('to the vault'); }", errors: untranslated},
		{code: "const it = {title: 'New vault'};", errors: untranslated},
		{code: "const it = {titles: ['New vault']};", errors: untranslated},
		{code: "const it = 'New vault'.padEnd(20);", errors: untranslated},
		{code: 'const it = <Text>Vault</Text>;', errors: untranslated},
		{code: "const it = <Field label='The same again' />;", errors: untranslated},
	],
});

tester.run('what is translated', rules.late, {
	valid: [
		'const it = () => t`Locked`;',
		'function it() { return [t`Locked`]; }',
		'const it = msg`Locked`;',
		'class It { it() { return t`Locked`; } }',
	],
	invalid: [
		{code: 'const it = t`Locked`;', errors: [{messageId: 'early'}]},
		{code: 'const it = {title: [t`Locked`]};', errors: [{messageId: 'early'}]},
		{code: 'const it = msg`It is ${t`locked`}.`;', errors: [{messageId: 'early'}]},
		{code: 'const it = msg`${option.summary()}, or not`;', errors: [{messageId: 'early'}]},
	],
});

tester.run('a sentence', rules.whole, {
	valid: ['ask(t`Passphrase: `);', 'say(`  ${t`Nothing is stored.`}`);', 'const it = msg`${count} keys`;', 'tag` x `;'],
	invalid: [
		{code: 'say(t`, and ${count} more`);', errors: [{messageId: 'fragment'}]},
		{code: 'const it = msg` (as last seen)`;', errors: [{messageId: 'fragment'}]},
		{code: 'say(words.join(t` and `));', errors: [{messageId: 'fragment'}]},
		{code: 'say(t`on the exchange and `);', errors: [{messageId: 'fragment'}]},
	],
});
