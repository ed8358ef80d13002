// The same by okx-api.
import {createRequire} from 'node:module';
import {baseUrl, inTens, keys, peers} from './work.js';

const {RestClient} = createRequire(`${peers}/`)('okx-api');
const clientOf = ({apiKey, secretKey, passphrase}) =>
	new RestClient({apiKey, apiSecret: secretKey, apiPass: passphrase, baseUrl});

await clientOf(keys[0]).getSystemTime();
await inTens(keys, async key => clientOf(key).getAccountConfiguration());
