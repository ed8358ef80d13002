// The same by plain fetch: the exchange's time once, then a signed call for each key, ten at a time.
import {createHmac} from 'node:crypto';
import {baseUrl, inTens, keys} from './signed-calls.js';

async function get(path, headers = {}) {
	const answer = await (await fetch(baseUrl + path, {headers})).json();
	if (answer.code !== '0') throw new Error(answer.code);
}

await get('/api/v5/public/time');
await inTens(keys, async ({apiKey, secretKey, passphrase}) => {
	const path = '/api/v5/account/config';
	const timestamp = new Date().toISOString();
	const sign = createHmac('sha256', secretKey).update(`${timestamp}GET${path}`).digest('base64');
	await get(path, {
		'OK-ACCESS-KEY': apiKey,
		'OK-ACCESS-SIGN': sign,
		'OK-ACCESS-TIMESTAMP': timestamp,
		'OK-ACCESS-PASSPHRASE': passphrase,
	});
});
