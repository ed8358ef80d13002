import {createExchange} from '../../source/exchange/client.ts';
import {isAppError} from '../../source/errors.ts';

// Run by Node itself, since only at its start does it look whether fetch is to go through a proxy. Words: `fetch URL…` or `call URL`.
const [what, ...urls] = process.argv.slice(2);
if (what === 'fetch') {
	for (const url of urls) await fetch(url).catch(() => undefined);
} else {
	const exchange = createExchange({clock: Date.now, sandboxUrl: async () => new URL(urls[0]!)});
	const failure = await exchange.call('time', {}, {site: 'sandbox', environment: 'live'}).then(() => 'none', (error: unknown) => isAppError(error, 'exchange') ? error.details.failure : 'odd');
	process.stdout.write(JSON.stringify(failure));
}
