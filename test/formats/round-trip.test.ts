import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {printKeys, type ExportForm} from '../../source/actions/export.ts';
import {readImport} from '../../source/actions/import-text.ts';
import {AppError} from '../../source/core/errors.ts';
import {unusableKind} from '../../source/core/key/unusable-value.ts';
import {environments} from '../../source/core/key/key.ts';
import {siteMeant} from '../../source/exchange/sites.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';

/** Spaces at the ends are the exchange's affair: import takes them away, as it does from a paste. */
const passphrases = fc
	.string({
		unit: fc.oneof(
			fc.constantFrom("'", '"', '`', '$', '\\', '#', '=', '{', '}'),
			fc.integer({min: 0x21, max: 0x7e}).map(code => String.fromCharCode(code)),
		),
		minLength: 8,
		maxLength: 32,
	})
	.filter(text => unusableKind(text) === undefined);

const keys = fc
	.record({
		passphrase: passphrases,
		apiKey: fc.uuid(),
		secretKey: fc.stringMatching(/^[0-9A-F]{32}$/),
		environment: fc.constantFrom(...environments),
		site: fc.constantFrom('global', 'eea', 'us', 'tr', 'http://127.0.0.1:8080'),
	})
	.map(({environment, site, ...credential}) =>
		storedKey({name: 'grid', environment, site, credential: credentialWith(credential)}),
	);

const forms: readonly ExportForm[] = [
	{format: 'okx-cli'},
	{format: 'ccxt'},
	{format: 'freqtrade'},
	{format: 'python-okx'},
	{format: 'env'},
	{format: 'env', dialect: 'sh'},
	{format: 'env', dialect: 'dotenv'},
	{format: 'env', dialect: 'compose'},
	{format: 'env', dialect: 'systemd'},
	{format: 'env', flavour: 'nautilus', prefixes: ['GRID']},
	{format: 'env', flavour: 'okx-api'},
	{format: 'env', flavour: 'freqtrade'},
	{format: 'env', flavour: 'freqtrade', prefixes: ['GRID']},
	{format: 'env', flavour: 'ccxt-cli', prefixes: ['GRID']},
	{format: 'json'},
];

/** Undefined for a value that readers of the form differ on, and for a site that it has no word for. */
function textOf(key: ReturnType<typeof storedKey>, form: ExportForm): string | undefined {
	try {
		return printKeys([key], form).toString();
	} catch (error) {
		if (error instanceof AppError && ['not-exportable', 'usage'].includes(error.code)) return undefined;
		throw error;
	}
}

describe.each(forms)('a key that was exported as %j', form => {
	test('is recognised by import, and read as it was', async () => {
		await fc.assert(
			fc.asyncProperty(keys, async key => {
				const text = textOf(key, form);
				fc.pre(text !== undefined);
				const {entries} = await readImport({text, from: 'the file', file: '-'});
				expect(entries).toHaveLength(1);
				const {key: found, problem} = entries[0]!;
				expect(problem).toBeUndefined();
				expect(found!.credential.apiKey).toBe(key.credential.apiKey);
				expect(found!.credential.secretKey.reveal()).toBe(key.credential.secretKey.reveal());
				expect(found!.credential.passphrase.reveal()).toBe(key.credential.passphrase.reveal());
				expect({environment: found!.environment ?? 'live', site: siteMeant(found!.site ?? 'global')}).toEqual({
					environment: key.environment,
					site: key.site,
				});
			}),
			{numRuns: 100},
		);
	});
});
