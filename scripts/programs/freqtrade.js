import fs from 'node:fs';
import {createRequire} from 'node:module';

const ccxt = createRequire(`${process.env.PROGRAMS}/`)('ccxt');
const {exchange: config} = JSON.parse(fs.readFileSync(process.env.ACCOUNT));
// freqtrade is not to be had from npm; in its exchange/exchange.py it makes the client of ccxt so.
const {name, key: apiKey, secret, password, ccxt_config: more} = config;
const exchange = new ccxt[name]({apiKey, secret, password, ...more});
const {data} = await exchange.privateGetAccountConfig();
console.log(data[0].uid);
