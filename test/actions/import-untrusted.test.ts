import {describe, expect, test} from 'vitest';
import {importKeys} from '../../source/actions/import.ts';
import {Secret} from '../../source/core/secret.ts';
import {fakeContext} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {untested, foreign, entriesOf} from './imports.ts';

test.each([
	['MyOKX', 'eea'],
	['https://www.okx.com', 'global'],
	['tr.okx.com', 'tr'],
])('a site that a file calls %s is stored as %s', async (word, site) => {
	const {context, vault} = fakeContext({keys: []}, {sandbox: false});
	expect(await importKeys(context, entriesOf(foreign('bot1', {site: word})), untested)).toMatchObject([
		{what: 'stored'},
	]);
	expect(vault.read().keys.map(key => key.site)).toEqual([site]);
});

describe('what a file says is not believed', () => {
	test.each([
		['name', 'bot\u001B[2J'],
		['name', 'bot\u202Etxt'],
		['name', 'bot\u200B'],
		['name', ' bot'],
		['name', ''],
		['description', 'a\u001B]52;c;AAAA\u0007'],
		['description', 'a\rb'],
		['tags', ['two words']],
		['tags', ['a\u0000']],
		['apiKey', 'with space'],
		['apiKey', 'a\nb'],
		['apiKey', ''],
		['secretKey', 'schlüssel'],
		['passphrase', '\u001B'],
		['ip', Array.from({length: 21}, (_, index) => `10.0.0.${index}`)],
		['site', 'https://evil.example'],
		['site', 'http://127.0.0.1@evil.example'],
	])(
		'hostile-import: %s %j is refused, and nothing that steers a terminal is in the sentence',
		async (field, value) => {
			const {context, vault} = fakeContext({keys: []}, {sandbox: false});
			context.exchange.locate = async site => (await import('../../source/exchange/sites.ts')).siteUrl(site);
			const [outcome] = await importKeys(
				context,
				entriesOf(foreign('bot1', {site: 'global', [field]: value})),
				untested,
			);
			expect(outcome).toMatchObject({what: 'refused', code: 2});
			expect(`${outcome!.name}${outcome!.cause}${outcome!.fix}`).toMatch(/^[^\p{Cc}\p{Cf}]*$/u);
			expect(vault.writes).toBe(0);
		},
	);

	test('secret-in-sentence: no outcome repeats a part of a credential', async () => {
		const canary = 'CANARY0SECRET';
		const {context} = fakeContext({
			keys: [
				storedKey({
					name: 'main',
					credential: {apiKey: 'taken', secretKey: new Secret('x'), passphrase: new Secret('y')},
				}),
			],
		});
		const outcomes = await importKeys(
			context,
			entriesOf(
				foreign('bot1', {secretKey: `${canary} `}),
				foreign('bot2', {secretKey: canary, passphrase: canary}),
				foreign('bot3', {apiKey: 'taken', secretKey: canary}),
				foreign('main', {secretKey: canary, apiKey: 'taken'}),
				foreign('bot4', {passphrase: [canary]}),
				foreign('bot5', {secretKey: canary, site: 'nowhere'}),
			),
			untested,
		);
		expect(outcomes.filter(({what}) => what === 'stored')).toEqual([]);
		expect(JSON.stringify(outcomes)).not.toContain(canary);
	});
});
