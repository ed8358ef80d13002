// The same by ccxt.
import {createRequire} from 'node:module';
import {baseUrl, inTens, keys, peers} from './work.js';

const {default: ccxt} = await import(createRequire(`${peers}/`).resolve('ccxt'));
const clientOf = ({apiKey, secretKey, passphrase}) => {
	const client = new ccxt.okx({apiKey, secret: secretKey, password: passphrase, enableRateLimit: false});
	client.urls.api.rest = baseUrl;
	return client;
};

await clientOf(keys[0]).publicGetPublicTime();
await inTens(keys, async key => clientOf(key).privateGetAccountConfig());
