import {ccxt} from './bots/ccxt.ts';
import {compose} from './bots/docker-compose.ts';
import {cryptofeed} from './bots/cryptofeed.ts';
import {env, pythonOkx} from './bots/env.ts';
import {freqtrade} from './bots/freqtrade.ts';
import {gocryptotrader} from './bots/gocryptotrader.ts';
import {hummingbotGateway} from './bots/hummingbot-gateway.ts';
import {hummingbot} from './bots/hummingbot.ts';
import {kubernetes} from './bots/kubernetes.ts';
import {mcp} from './bots/mcp.ts';
import {octobot} from './bots/octobot.ts';
import {okxCli} from './bots/okx-cli.ts';
import {passivbot} from './bots/passivbot.ts';
import {vnpy} from './bots/vnpy.ts';
import type {Format} from './format.ts';
import {json} from './json.ts';

/** Asked in this order which of them a text is of. */
const table = {
	json,
	freqtrade,
	mcp,
	octobot,
	gocryptotrader,
	vnpy,
	kubernetes,
	passivbot,
	ccxt,
	'okx-cli': okxCli,
	compose,
	cryptofeed,
	hummingbot,
	'hummingbot-gateway': hummingbotGateway,
	env,
	'python-okx': pythonOkx,
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof table;
export const formats: Readonly<Record<FormatName, Format>> = table;
export const formatNames = Object.keys(table) as FormatName[];
export const readNames = formatNames.filter(name => formats[name].parse);
export const printedNames = formatNames.filter(name => formats[name].print);
