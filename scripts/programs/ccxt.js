import fs from 'node:fs';
import {createRequire} from 'node:module';

const ccxt = createRequire(`${process.env.PROGRAMS}/`)('ccxt');
const {ACCOUNT, ACCOUNT_JSON} = process.env;
// As docs/bots.md shows it; 0 is standard input.
const [[id, account]] = Object.entries(JSON.parse(ACCOUNT_JSON ?? fs.readFileSync(ACCOUNT ?? 0)));
const exchange = new ccxt[id](account);
const {data} = await exchange.privateGetAccountConfig();
console.log(data[0].uid);
