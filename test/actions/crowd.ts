import {randomBytes} from 'node:crypto';
import type {Context} from '../../source/actions/context.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {newKey, type SandboxState} from '../../source/sandbox/state.ts';
import {Secret} from '../../source/core/secret.ts';
import {goodPassphrase, world} from '../exchange/helpers.ts';
import {fakeVault} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {settingsAt} from '../helpers/settings.ts';

/** A context whose vault, in memory, has these keys. */
export function contextOf(
	exchange: Context['exchange'],
	keys: readonly StoredKey[],
): Context & {readonly vault: ReturnType<typeof fakeVault>} {
	return {
		vault: fakeVault({keys, sandbox: {}}),
		exchange,
		clock: Date.now,
		random: bytes => randomBytes(bytes),
		sandbox: true,
		readonly: false,
		seed: () => ({keys: []}),
		settings: settingsAt(),
	};
}

/** So many accounts with so many keys each, on the exchange and as a person has stored them; none was ever tested. */
export async function crowd(accounts: number, keysEach: number) {
	const there = await world();
	const now = Date.now();
	const stored: StoredKey[] = [];
	await there.change((state): SandboxState => {
		const subs = Array.from({length: accounts}, (_, index) => ({
			uid: String(500_000_000_000_000_000n + BigInt(index)),
			name: `crowd${index}`,
			label: '',
			createdAt: now,
		}));
		const keys = subs.flatMap(({uid, name}) =>
			Array.from({length: keysEach}, (_, index) => {
				const key = newKey(
					{
						uid,
						label: `bot${index}`,
						permissions: ['read'],
						ip: ['127.0.0.1'],
						environment: 'live',
						type: 'api',
						passphrase: goodPassphrase,
					},
					now,
					randomBytes,
				);
				const id = `${name}-${index}`;
				stored.push(
					storedKey({
						id,
						name: id,
						site: 'sandbox',
						label: key.label,
						ip: ['127.0.0.1'],
						account: {kind: 'sub', subAccount: name},
						credential: {
							apiKey: key.apiKey,
							secretKey: new Secret(key.secretKey),
							passphrase: new Secret(goodPassphrase),
						},
					}),
				);
				return key;
			}),
		);
		return {
			...state,
			accounts: [...state.accounts, ...subs] as unknown as SandboxState['accounts'],
			keys: [...state.keys, ...keys],
		};
	});
	return {there, stored, context: contextOf(there.exchange, stored)};
}
