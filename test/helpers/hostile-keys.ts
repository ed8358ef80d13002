import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {onTestFinished} from 'vitest';
import type {StoredKey} from '../../source/core/key/key.ts';
import {hostileTexts} from './hostile.ts';
import {storedKey} from './keys.ts';

const apiKeyOf = (index: number) => `7e5f0a11-2b3c-4d5e-8f90-${String(index).padStart(12, '0')}`;
const text = (index: number) => hostileTexts[index % hostileTexts.length]!;

/**
 * An exchange on this machine, by its address, that answers every call with the texts: an account with them in every
 * field, or a failure that quotes them.
 */
export async function hostileExchange(): Promise<string> {
	const server = http.createServer((request, response) => {
		const index = Number(String(request.headers['ok-access-key'] ?? '').slice(-12)) || 0;
		const fields = ['uid', 'mainUid', 'kycLv', 'label', 'perm', 'ip', 'acctLv', 'roleType', 'type'];
		const data = request.url?.includes('/public/time')
			? [{ts: String(Date.now())}]
			: [Object.fromEntries(fields.map((field, at) => [field, text(index + at)]))];
		const isRefused = index % 2 === 1 && !request.url?.includes('/public/time');
		response.statusCode = isRefused ? 401 : 200;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(isRefused ? {code: '50119', msg: text(index), data: []} : {code: '0', msg: '', data}));
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** As many keys as there are texts, each with other ones in what a person, a file or the exchange can name. */
export function hostileKeys(site: string): StoredKey[] {
	return hostileTexts.map((name, index) =>
		storedKey({
			id: `hostile${index}`,
			name,
			description: `${text(index + 10)}\n${text(index + 11)}`,
			tags: [text(index + 20), text(index + 21)],
			usedBy: [text(index + 22)],
			label: text(index + 30),
			site,
			ip: [text(index + 12), '203.0.113.7'],
			account: {kind: 'sub', subAccount: text(index + 31), uid: text(index + 32)},
			lastTest: {
				at: 0,
				ok: index % 3 === 0,
				code: index % 3 === 0 ? 0 : 20,
				cause: text(index + 13),
				latencyMs: 1,
				live: {
					permissions: ['read', text(index + 14)] as never,
					ip: [text(index + 15)],
					label: text(index + 16),
					uid: text(index + 17),
					mainUid: text(index + 18),
					kycLv: text(index + 19),
				},
			},
			credential: {...storedKey().credential, apiKey: apiKeyOf(index)},
		}),
	);
}
