import {checkKeys, readPolicy, type CheckOptions, type Checked} from '../actions/check.ts';
import {keyByName, liveKeys, refuseReadonly} from '../actions/keys.ts';
import {whyNoneToTest} from '../actions/no-keys.ts';
import {resultJson} from '../actions/test-result.ts';
import type {StoredKey} from '../core/key/key.ts';
import {isOnExchange} from '../core/key/operation.ts';
import {decodeText} from '../core/text/reading/decode.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {worstExit} from '../core/exit-status.ts';
import {findingJson, lines} from '../monitoring/lines.ts';
import {nagios, unknown, type PluginOutput} from '../monitoring/nagios.ts';
import {reportBeginning, prometheus} from '../monitoring/prometheus.ts';
import {defineCommand, several, type Session} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {flag, parsed, text, type ValuesOf} from '../cli/option.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, sourceName} from '../cli/print.ts';
import {keepLabels, noteNotStored, showProgress} from '../cli/test-report.ts';
import {msg, t} from '../language/translate.ts';

/** In bytes; a policy is a few lines. */
const largestPolicy = 64 * 1024;

/**
 * The result of a check. `isWhole` is false when the check was interrupted; `unwritten` is why the Prometheus report
 * could not be written.
 */
type CheckRun = {
	readonly checked: readonly Checked[];
	readonly keys: number;
	readonly seconds: number;
	readonly isWhole: boolean;
	readonly unwritten?: AppError;
};

const options = {
	policy: text('--policy <file>', msg`JSON file with rules for every key`),
	prometheus: text('--prometheus <file>', msg`write metrics for the textfile collector of node_exporter`),
	nagios: flag('--nagios', msg`answer as a Nagios plugin: one line, and exit status 0 to 3`),
	noTouch: flag(
		'--no-touch',
		msg`send no signed call: test only the connections and the clock; does not count as a use of a key`,
	),
	expiryWarning: parsed(
		text('--expiry-warning <days>', msg`report a key this many days before its expiry date (default: 7)`),
		daysGiven,
	),
	revokeExpired: flag('--revoke-expired', msg`revoke expired keys of sub-accounts without asking`),
};

type CheckArguments = {readonly operand: readonly string[]; readonly options: ValuesOf<typeof options>};

export const checkCommand = defineCommand({
	name: 'check',
	summary: msg`test keys for cron and monitoring; prints only problems`,
	examples: [
		msg`okx-keys check --key-file /etc/okx-keys.key`,
		msg`okx-keys check grid --policy policy.json`,
		msg`okx-keys check --nagios --key-file /etc/okx-keys.key`,
	],
	operand: several('names'),
	options,
	async run(session, asked) {
		const {io} = session;
		if (asked.options.nagios) return runAsPlugin(session, asked);
		const {checked, keys, isWhole, unwritten} = await outcomeOf(session, asked);
		if (io.json)
			io.out(
				jsonText(
					checked.map(({result, findings, revocation}) => ({
						...resultJson(result),
						revocation: revocation ? {outcome: revocation.outcome, reason: revocation.error?.message ?? null} : null,
						findings: findings.map(finding => findingJson(finding)),
					})),
				),
			);
		else for (const line of lines(checked)) io.out(line);
		if (keys === 0) io.note(whyNoneToTest(session.context.vault.read()));
		if (!isWhole) {
			io.note(t`Stopped: ${checked.length} of ${keys} were checked.`);
			return 'aborted';
		}

		if (unwritten) throw unwritten;
		return worstExit(checked.flatMap(({findings}) => findings.map(({code}) => code)));
	},
});

/**
 * Prints one line and gives the exit status that monitoring programs expect. The printer of errors uses the same form
 * for earlier failures.
 */
async function runAsPlugin(session: Session, asked: CheckArguments): Promise<number> {
	const {line, status} = await answerOf(session, asked);
	session.io.out(line);
	return status;
}

async function answerOf(session: Session, asked: CheckArguments): Promise<PluginOutput> {
	if (session.io.json) throw new AppError('usage', {problem: t`--nagios and --json exclude each other.`});
	const {checked, keys, seconds, isWhole, unwritten} = await outcomeOf(session, asked);
	if (!isWhole) return unknown(t`stopped: ${checked.length} of ${keys} were checked`);
	const answer = nagios(checked, seconds);
	// A failing key is worse than an unwritten report.
	if (unwritten && answer.status === 0) throw unwritten;
	if (unwritten) session.io.note(`okx-keys: ${unwritten.message}`);
	return answer;
}

async function outcomeOf(session: Session, asked: CheckArguments): Promise<CheckRun> {
	const {context, io} = session;
	const {policy: policyFile, prometheus: report, noTouch, expiryWarning, revokeExpired} = asked.options;
	refuseToRevoke(session, asked);
	if (report !== undefined) io.files.refuseOtherThanReport(report, reportBeginning);
	const policy =
		policyFile === undefined
			? undefined
			: readPolicy(await policyText(io, policyFile), context.settings.get('allowed-hosts'));
	// A question would block a scheduled check forever: a terminal may exist with no user present.
	await unlock(session, {mayAsk: false});
	const keys = chosen(session, asked.operand);
	const startedAt = context.clock();
	const {checked, isWhole} = await checkedBy(session, keys, {
		policy,
		noTouch,
		expiryWarningDays: expiryWarning,
		revokesExpired: revokeExpired,
	});
	io.progress('');
	keepLabels(
		io,
		checked.map(({result}) => result),
	);
	const endedAt = context.clock();
	const outcome = {checked, keys: keys.length, seconds: Math.max(0, endedAt - startedAt) / 1000, isWhole};
	if (report === undefined || !isWhole) return outcome;
	try {
		// Checked again, because testing many keys takes time.
		io.files.refuseOtherThanReport(report, reportBeginning);
		io.files.replaceReport(
			report,
			prometheus(checked, {startedAt, endedAt}, policy !== undefined),
			Buffer.from(context.random(6)).toString('hex'),
		);
		return outcome;
	} catch (error) {
		// The findings are printed before this error.
		if (!isAppError(error)) throw error;
		return {...outcome, unwritten: error};
	}
}

/**
 * The text of a policy file, or of standard input for `-`. Throws `file-unreadable`, or `invalid` when it is too long.
 */
async function policyText(io: Io, file: string): Promise<string> {
	try {
		const {text, problem} = decodeText(await io.files.read(file, largestPolicy));
		if (text === undefined)
			throw new AppError('invalid', {
				problem: t`The policy ${sourceName(file)} ${problem}.`,
				fix: t`Save it as UTF-8 text.`,
			});
		return text;
	} catch (error) {
		throw isAppError(error, 'not-importable')
			? new AppError('invalid', {
					problem: t`The policy ${sourceName(file)} is longer than 64 KiB.`,
					fix: t`Is it the right file?`,
				})
			: error;
	}
}

function daysGiven(given: string): number {
	if (/^[1-9]\d{0,2}$/.test(given) && Number(given) <= 365) return Number(given);
	throw new AppError('usage', {
		problem: t`--expiry-warning is not a number of days from 1 to 365.`,
		hint: t`Write it as 14.`,
	});
}

/** Before anything is asked or sent. */
function refuseToRevoke({context}: Session, {options: {revokeExpired, noTouch}}: CheckArguments): void {
	if (!revokeExpired) return;
	refuseReadonly(context);
	if (noTouch)
		throw new AppError('usage', {
			problem: t`--no-touch sends nothing signed, and --revoke-expired must.`,
			hint: t`Give one of them.`,
		});
}

function chosen({context}: Session, names: readonly string[]): readonly StoredKey[] {
	const content = context.vault.read();
	if (names.length === 0) return liveKeys(content).filter(key => isOnExchange(key));
	return [...new Set(names)].map(name => keyByName(content, name));
}

async function checkedBy(
	session: Session,
	keys: readonly StoredKey[],
	how: Pick<CheckOptions, 'policy' | 'noTouch' | 'expiryWarningDays' | 'revokesExpired'>,
): Promise<{readonly checked: readonly Checked[]; readonly isWhole: boolean}> {
	const {context, io} = session;
	const done: Checked[] = [];
	const show = showProgress(session);
	try {
		const checked = await io.wait(t`Testing…`, async () =>
			checkKeys(context, keys, {
				...how,
				signal: io.stopSignal(),
				onNotStored: error => {
					noteNotStored(io, error);
				},
				onChecked(one, progress) {
					done.push(one);
					show(progress);
				},
			}),
		);
		return {checked, isWhole: true};
	} catch (error) {
		if (!isAppError(error, 'aborted')) throw error;
		return {checked: done, isWhole: false};
	}
}
