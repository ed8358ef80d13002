// The same by okx-api.
import {createRequire} from 'node:module';
import {baseUrl, inTens, keys, packagePath} from '../references/signed-calls.js';

const {RestClient} = createRequire(import.meta.url)(packagePath);
const clientOf = ({apiKey, secretKey, passphrase}) =>
	new RestClient({apiKey, apiSecret: secretKey, apiPass: passphrase, baseUrl});

await clientOf(keys[0]).getSystemTime();
await inTens(keys, async key => clientOf(key).getAccountConfiguration());
