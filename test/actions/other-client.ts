import crypto from 'node:crypto';
import {createRequire} from 'node:module';
import type {Credential} from '../../source/core/key/key.ts';

/** A key as the exchange writes it. */
export type WrittenKey = {
	readonly apiKey: string;
	readonly label: string;
	readonly perm: string;
	readonly ip: string;
};

/** Lists the keys of a sub-account without anything of this program. */
export type OtherClient = (subAccount: string) => Promise<readonly WrittenKey[]>;

type Ccxt = {
	readonly okx: new (options: object) => {
		privateGetUsersSubaccountApikey(parameters: object): Promise<{readonly data: readonly WrittenKey[]}>;
	};
};

/** ccxt where the variable CCXT names a folder that has it; else these few lines by the exchange's rules. */
export function otherClient(baseUrl: URL, {apiKey, secretKey, passphrase}: Credential): OtherClient {
	const folder = process.env['CCXT'];
	if (folder === undefined) return signingClient(baseUrl, {apiKey, secretKey, passphrase});
	const {okx} = createRequire(`${folder}/`)('ccxt') as Ccxt;
	const client = new okx({
		apiKey,
		secret: secretKey.reveal(),
		password: passphrase.reveal(),
		urls: {api: {rest: baseUrl.origin}},
	});
	return async subAcct => (await client.privateGetUsersSubaccountApikey({subAcct})).data;
}

/** Signs as docs/okx-api.md §1 says. */
function signingClient(baseUrl: URL, {apiKey, secretKey, passphrase}: Credential): OtherClient {
	return async subAccount => {
		const path = `/api/v5/users/subaccount/apikey?subAcct=${subAccount}`;
		const at = new Date().toISOString();
		const answer = await fetch(new URL(path, baseUrl), {
			headers: {
				'OK-ACCESS-KEY': apiKey,
				'OK-ACCESS-SIGN': crypto.createHmac('sha256', secretKey.reveal()).update(`${at}GET${path}`).digest('base64'),
				'OK-ACCESS-TIMESTAMP': at,
				'OK-ACCESS-PASSPHRASE': passphrase.reveal(),
			},
		});
		return ((await answer.json()) as {readonly data: readonly WrittenKey[]}).data;
	};
}
