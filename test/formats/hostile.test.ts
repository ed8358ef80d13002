import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {formats, readNames} from '../../source/formats/index.ts';
import {formatOf} from '../../source/formats/recognise.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {workOf} from '../helpers/time.ts';
import {failureOf} from '../vault/world.ts';
import {parse} from './imported.ts';

describe('a hostile file', () => {
	test('alias-bomb: a YAML of laughs upon laughs costs no time', async () => {
		const lines = ['services: &a0 {x: "lol"}'];
		for (let depth = 1; depth < 30; depth++)
			lines.push(`a${depth}: &a${depth} [${Array.from({length: 10}, () => `*a${depth - 1}`).join(', ')}]`);
		const work = await workOf(async () => {
			expect(await parse(lines.join('\n'), 'compose')).toEqual([]);
		});
		expect(work).toBeLessThan(3000);
	});

	test.each([
		['YAML without end', 'compose', `services: ${'['.repeat(100_000)}`],
		[
			'YAML that goes deeper by each line',
			'compose',
			Array.from({length: 3000}, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
		],
		['TOML without end', 'okx-cli', `[profiles.a]\nx = ${'['.repeat(100_000)}`],
		['a YAML that is too long', 'compose', `services:\n${'# x\n'.repeat(1_500_000)}`],
		['TOML that ends too early', 'okx-cli', '[profiles.a]\napi_key = "CANARY'],
		['YAML that is none', 'compose', 'services: {a: "CANARY'],
	] as const)('%s is refused in one sentence, without a value', async (_, format, text) => {
		let message = '';
		const work = await workOf(async () => {
			({message} = await failureOf(async () => parse(text, format)));
		});
		expect(message).toMatch(/^keys is (not|longer).*; nothing was imported\.$/);
		expect(message).not.toContain('CANARY');
		expect(work).toBeLessThan(5000);
	});

	test.each([
		['okx-cli', `[profiles.__proto__]\napi_key = "a"\nsecret_key = "b"\npassphrase = "c"\npolluted = true`],
		['ccxt', '{"__proto__": {"apiKey": "a", "secret": "b", "password": "c", "polluted": true}}'],
		['compose', 'services:\n  __proto__:\n    environment: {OKX_API_KEY: a, __proto__: {polluted: b}}'],
		['env', 'OKX_API_KEY=a\n__proto__=polluted\nconstructor=b'],
	] as const)('prototype-pollution: %s with __proto__ changes no object', async (format, text) => {
		const entries = await parse(text, format);
		expect({}).not.toHaveProperty('polluted');
		for (const {key} of entries) expect(key ?? {}).not.toHaveProperty('polluted');
	});

	test('hostile-name: an entry is shown by a name that steers no terminal', async () => {
		const [entry] = await parse(
			'{"\\u001b]0;x\\u0007\\u202e": {"exchange": "okx", "key": "", "secret": ""}}',
			'passivbot',
		);
		expect(entry!.name).toMatch(/^\\u\{1b\}/);
	});
});

/** Members that the formats look for, so that arbitrary values reach their depths. */
const members = fc.constantFrom(
	...'exchanges,exchange,api,credentials,name,key,secret,apiKey,okx'.split(','),
	...'mcpServers,env,profiles,services,environment,kind,apiVersion'.split(','),
	...'metadata,data,stringData,items,options,urls,ccxt_config,hostname'.split(','),
	...'site,demo,OKX_API_KEY,okx_secret_key,key_id,__proto__,API Key'.split(','),
);
const {value: anything} = fc.letrec(tie => ({
	value: fc.oneof(
		{depthSize: 'small'},
		fc.constantFrom(null, true, 0, '', 'okx', 'Secret', '${X}', 'MQ==', 'é', '\u001b'),
		fc.array(tie('value'), {maxLength: 3}),
		fc.array(fc.tuple(members, tie('value')), {maxLength: 5}).map(pairs => Object.fromEntries(pairs) as unknown),
	),
}));

test.each(readNames)('hostile-import: no content of a %s file does more than make entries or a refusal', async name => {
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(
				anything.map(value => JSON.stringify(value)),
				fc.string({unit: 'binary'}),
			),
			async text => {
				const source = sourceOf(text, 'keys', 'fallback');
				expect(() => formatOf(source)).not.toThrow();
				try {
					for (const {name: shown, key, problem} of await formats[name].parse!(source)) {
						expect(shown).toMatch(/^[^\p{Cc}\p{Cf}]*$/u);
						expect(key === undefined).toBe(problem !== undefined);
					}
				} catch (error) {
					expect(error).toMatchObject({code: 'not-importable'});
				}
			},
		),
		{numRuns: 300},
	);
});
