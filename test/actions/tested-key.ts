import {randomBytes} from 'node:crypto';
import type {Context} from '../../source/actions/context.ts';
import {testKey} from '../../source/actions/test.ts';
import type {TestResult} from '../../source/actions/test-result.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {world, type World} from '../exchange/helpers.ts';
import {fakeVault} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {settingsAt} from '../helpers/settings.ts';

/** The main key as a person has stored it, beside the real client and the embedded exchange over HTTP. */
export async function setUp(
	wanted: Partial<StoredKey> = {},
	options: Parameters<typeof world>[0] = {},
): Promise<{readonly context: Context; readonly exchange: World; readonly test: () => Promise<TestResult>}> {
	const exchange = await world(options);
	const key = storedKey({
		id: 'm',
		name: 'main',
		site: 'sandbox',
		permissions: ['read', 'trade'],
		ip: ['127.0.0.1', '::1'],
		credential: exchange.main,
		...wanted,
	});
	const context: Context = {
		vault: fakeVault({keys: [key], sandbox: {}}),
		exchange: exchange.exchange,
		clock: Date.now,
		random: bytes => randomBytes(bytes),
		sandbox: true,
		readonly: false,
		seed: () => ({keys: []}),
		settings: settingsAt(),
	};
	return {context, exchange, test: async () => testKey(context, 'm')};
}
