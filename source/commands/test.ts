import {keyByName, liveKeys} from '../actions/keys.ts';
import type {TestResult} from '../actions/test.ts';
import {testKeys} from '../actions/test-all.ts';
import {AppError, isAppError, worstExit} from '../errors.ts';
import {clean} from '../core/text.ts';
import type {Command} from './command.ts';
import {unlock} from './open.ts';
import {jsonText} from './output.ts';

/** What a test found, in lines for a person: the layers, the cause and the remedy, and what differs. */
export function verdict(result: TestResult): string {
	const layers = result.layers.filter(({ok}) => ok !== null).map(({name, ok, ms, detail}) => `  ${ok === true ? 'ok  ' : 'fail'} ${name.padEnd(11)} ${(ms === null ? '' : `${Math.round(ms)} ms`).padStart(8)}  ${clean(detail)}`);
	const drift = result.drift.map(({field, declared, live}) => `  ${field}: declared ${clean(declared)}, live ${clean(live)}`);
	return [`${clean(result.name)}: ${clean(result.cause)}`, ...(result.fix === '' ? [] : [`  ${clean(result.fix)}`]), ...drift, ...layers].join('\n');
}

export const test: Command = {
	name: 'test',
	summary: 'ask the exchange what a key can really do, and why it fails',
	operands: '[names...]',
	options: [{flags: '--all', summary: 'every key of the vault'}],
	async run(session, {operands, options}) {
		const {context, io} = session;
		const all = options['all'] === true;
		if (!all && operands.length === 0) throw new AppError('usage', {problem: 'Which key is to be tested was not said.', hint: 'Name one or several, or give --all.'});
		if (all && operands.length > 0) throw new AppError('usage', {problem: '--all and names exclude each other.'});
		await unlock(session);
		const content = context.vault.read();
		const keys = all ? liveKeys(content).filter(({status}) => status === 'active') : [...new Set(operands)].map(name => keyByName(content, name));
		const unfinished = keys.find(({status}) => status === 'creating');
		if (unfinished) throw new AppError('unfinished', {name: unfinished.name});
		const results: TestResult[] = [];
		const isStopped = await testKeys(context, keys, {
			signal: io.signal,
			onNotStored(error) { io.note(`The result is not kept in the vault: ${isAppError(error) ? error.message : 'something unexpected happened.'}`); },
			onResult(result) {
				results.push(result);
				io.progress(keys.length > 1 ? `${results.length} of ${keys.length} tested` : '');
			},
		}).then(() => false, (error: unknown) => {
			if (isAppError(error, 'aborted')) return true;
			throw error;
		});
		io.progress('');
		if (io.json) io.out(jsonText(results));
		else if (results.length > 0) io.out(results.map(result => verdict(result)).join('\n\n'));
		else if (!isStopped) io.note('There is no key to test.');
		if (isStopped) {
			io.note(`Stopped: ${results.length} of ${keys.length} were tested.`);
			return 'aborted';
		}

		return worstExit(results.map(({code}) => code));
	},
};
