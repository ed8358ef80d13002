import {whyNoneToTest} from '../actions/no-keys.ts';
import {keyByName, liveKeys} from '../actions/keys.ts';
import {withSitesFound} from '../actions/sites.ts';
import {testKeys} from '../actions/test-all.ts';
import {resultJson, type TestResult} from '../actions/test-result.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {worstExit} from '../core/exit-status.ts';
import {isOnExchange} from '../core/key/operation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand, several} from '../cli/command.ts';
import {flag} from '../cli/option.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText} from '../cli/print.ts';
import {keepLabels, noteNotStored, showProgress, verdict} from '../cli/test-report.ts';
import {msg, t} from '../language/translate.ts';

export const testCommand = defineCommand({
	name: 'test',
	summary: msg`test what a key can really do on the exchange, and why it fails`,
	examples: [msg`okx-keys test grid`, msg`okx-keys test --all --json`, msg`okx-keys test grid --no-touch`],
	operand: several('names'),
	options: {
		all: flag('--all', msg`all keys of the vault`),
		noTouch: flag(
			'--no-touch',
			msg`send no signed call: test only the connection and the clock; does not count as a use of the key`,
		),
		proveTrade: flag('--prove-trade', msg`also prove Trade, by asking to cancel an order that does not exist`),
		frozen: flag('--frozen', msg`test frozen keys too`),
		otherSites: flag(
			'--other-sites',
			msg`if the site does not know a key, also ask the other sites; each sees a signed call`,
		),
	},
	async run(session, {operand: names, options: {all, noTouch, proveTrade, frozen, otherSites}}) {
		const {context, io} = session;
		if (!all && names.length === 0)
			throw new AppError('usage', {problem: t`No key given.`, hint: t`Name one or more, or use --all.`});
		if (all && names.length > 0) throw new AppError('usage', {problem: t`--all and names exclude each other.`});
		if (noTouch && (proveTrade || otherSites))
			throw new AppError('usage', {
				problem: t`--no-touch sends nothing signed, and ${proveTrade ? '--prove-trade' : '--other-sites'} must.`,
				hint: t`Give one of them.`,
			});
		await unlock(session);
		await io.release();
		const content = context.vault.read();
		const known = liveKeys(content).filter(key => isOnExchange(key));
		const keys = all
			? known.filter(({status}) => frozen || status === 'active')
			: [...new Set(names)].map(name => keyByName(content, name));
		const done: TestResult[] = [];
		const show = showProgress(session);
		const results = await io
			.wait(t`Testing…`, async () =>
				testKeys(context, keys, {
					signal: io.stopSignal(),
					noTouch,
					proveTrade,
					testsFrozen: frozen,
					onNotStored: error => {
						noteNotStored(io, error);
					},
					onResult(result, _, progress) {
						done.push(result);
						show(progress);
					},
				}),
			)
			.then(async tested => {
				if (!otherSites) return tested;
				// The option promises that each site sees a signed call.
				return withSitesFound(context, keys, tested, {
					signal: io.stopSignal(),
					onKey(name) {
						io.progress(t`asking the other sites about ${sanitize(name)}`);
					},
				});
			})
			.catch((error: unknown) => {
				if (isAppError(error, 'aborted')) return undefined;
				throw error;
			});
		io.progress('');
		const told = results ?? done;
		keepLabels(io, told);
		if (io.json) io.out(jsonText(told.map(result => resultJson(result))));
		else if (told.length > 0) io.out(told.map(result => verdict(result)).join('\n\n'));
		else if (results) io.note(whyNoneToTest(content));
		if (!results) {
			io.note(t`Stopped: ${done.length} of ${keys.length} were tested.`);
			return 'aborted';
		}

		const left = all ? known.length - keys.length : 0;
		if (left === 1) io.note(t`1 frozen key was not tested; --frozen tests it too.`);
		if (left > 1) io.note(t`${left} frozen keys were not tested; --frozen tests them too.`);
		return worstExit(told.map(({code}) => code));
	},
});
