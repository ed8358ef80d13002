import {createRequire} from 'node:module';

const {RestClient} = createRequire(`${process.env.PROGRAMS}/`)('okx-api');
const {API_KEY_COM: apiKey, API_SECRET_COM: apiSecret, API_PASSPHRASE_COM: apiPass} = process.env;
const {OKX_API_BASE_URL: baseUrl, OKX_DEMO} = process.env;
const client = new RestClient({apiKey, apiSecret, apiPass, baseUrl, demoTrading: OKX_DEMO === 'true'});
const [account] = await client.getAccountConfiguration();
console.log(account.uid);
