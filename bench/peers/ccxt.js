// The same by ccxt.
import {baseUrl, inTens, keys, packagePath} from '../references/signed-calls.js';

const {default: ccxt} = await import(packagePath);
const clientOf = ({apiKey, secretKey, passphrase}) => {
	const client = new ccxt.okx({apiKey, secret: secretKey, password: passphrase, enableRateLimit: false});
	client.urls.api.rest = baseUrl;
	return client;
};

await clientOf(keys[0]).publicGetPublicTime();
await inTens(keys, async key => clientOf(key).privateGetAccountConfig());
