import {AppError} from '../core/errors.ts';
import {defineCommand} from '../cli/command.ts';
import {parsed, text} from '../cli/option.ts';
import {jsonText, table} from '../cli/print.ts';
import {msg, t} from '../language/translate.ts';

function portOf(given: string): number {
	const port = Number(given);
	if (!/^\d{1,5}$/.test(given) || port > 65_535)
		throw new AppError('usage', {
			problem: t`The port is not a number from 0 to 65535.`,
			hint: t`Give --port 0 for any free one.`,
		});
	return port;
}

export const sandboxCommand = defineCommand({
	name: 'sandbox',
	summary: msg`run only the sandbox exchange, in the foreground; it forgets everything when it ends`,
	examples: [msg`okx-keys sandbox --port 8080`, msg`okx-keys sandbox --fault 50113`],
	options: {port: parsed(text('--port <number>', msg`port on 127.0.0.1 (default: any free port)`), portOf)},
	inSandbox: true,
	async run({context: {clock, random, faults}, io}, {options: {port = 0}}) {
		// Loaded only here: no other command needs it.
		const [{startSandbox}, {seedSandbox}, {memoryStorage}] = await Promise.all([
			import('../sandbox/server.ts'),
			import('../sandbox/seed.ts'),
			import('../sandbox/storage.ts'),
		]);
		const fault = faults?.current();
		const {state, main} = seedSandbox({clock, random});
		const exchange = await startSandbox({
			storage: memoryStorage(state),
			port,
			clock,
			random,
			fault,
		});
		const url = await exchange.currentUrl();
		const authority = exchange.injection.authority();
		// Fresh credentials of an empty sandbox: the only secret that is printed without being asked for.
		io.exact(
			JSON.stringify({
				baseUrl: url.origin,
				...(fault !== undefined && {fault}),
				...(authority !== undefined && {authority}),
				apiKey: main.apiKey,
				secretKey: main.secretKey.reveal(),
				passphrase: main.passphrase.reveal(),
				pageToken: exchange.pageToken,
			}),
		);
		await io.stopped();
		await exchange.close();
		return 'ok';
	},
});

/** What --fault list prints; `columns` is the width of the terminal. */
export async function faultList(isJson: boolean, columns: number | undefined): Promise<string> {
	const {faultNames, faults} = await import('../sandbox/faults.ts');
	const all = faultNames.map(name => ({name, about: faults[name]!.about}));
	return isJson
		? jsonText(all)
		: table(
				[t`FAULT`, t`REHEARSES`],
				all.map(({name, about}) => [name, about]),
				columns,
			);
}
