import type {Checked} from '../actions/check.ts';
import {unknownPermissions} from '../core/key/permission.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {isAppError} from '../core/errors.ts';
import {exitOfStatus, exits} from '../core/exit-status.ts';
import {t} from '../language/translate.ts';

/** The plugin states and exit statuses of the monitoring plugins guidelines, not of this program's own table. */
export const states = {OK: 0, WARNING: 1, CRITICAL: 2, UNKNOWN: 3} as const;
export type PluginOutput = {readonly line: string; readonly status: number};

/** Names in a line before the rest are only counted: some programs truncate long lines. */
const mostNames = 10;

/** The result of a check in the one line that Nagios and Icinga read; performance data follows the bar. */
export function nagios(checked: readonly Checked[], seconds: number): PluginOutput {
	const wrong = checked.filter(({findings}) => findings.length > 0);
	const failing = wrong.filter(({findings}) => findings.some(({isAlarm}) => isAlarm));
	const others = wrong.filter(one => !failing.includes(one));
	const state =
		checked.length === 0 ? 'UNKNOWN' : failing.length > 0 ? 'CRITICAL' : others.length > 0 ? 'WARNING' : 'OK';
	const parts = [
		...(failing.length > 0 ? [t`${failing.length} of ${keys(checked)} failing: ${named(failing)}`] : []),
		...(others.length > 0 ? [t`${others.length} of ${keys(checked)} with warnings: ${named(others)}`] : []),
	];
	const said =
		checked.length === 0
			? t`there is no key to check`
			: parts.length > 0
				? parts.join('; ')
				: t`${keys(checked)} passed`;
	const counted = (code: number) =>
		checked.filter(({findings}) => findings.some(finding => finding.code === code)).length;
	const calls = checked.flatMap(({result: {latencyMs}}) => (latencyMs === null ? [] : [latencyMs / 1000]));
	const figures = {
		keys: checked.length,
		ok: checked.length - wrong.length,
		failing: failing.length,
		drift: counted(exits.drift.status),
		policy: counted(exits.policy.status),
		expiring: counted(exits.expiring.status),
		...(calls.length > 0 && {slowest: `${Math.max(...calls).toFixed(3)}s`}),
		time: `${seconds.toFixed(3)}s`,
	};
	return answer(state, said, figures);
}

export function failed(error: unknown): PluginOutput {
	return unknown(
		isAppError(error)
			? [error.message, error.hint ?? ''].join(' ').replaceAll('\n', ' ').trim()
			: t`something unexpected happened`,
	);
}

export function unknown(why: string): PluginOutput {
	return answer('UNKNOWN', why, {});
}

function answer(
	state: keyof typeof states,
	said: string,
	figures: Readonly<Record<string, number | string>>,
): PluginOutput {
	// A bar would end the sentence, and a name may contain one.
	const sentence = t`OKX KEYS ${state} - ${sanitize(said).replaceAll('|', '¦')}`;
	const graph = Object.entries(figures)
		.map(([name, value]) => `${name}=${value}`)
		.join(' ');
	return {line: graph === '' ? sentence : `${sentence} | ${graph}`, status: states[state]};
}

function keys({length}: readonly unknown[]): string {
	return length === 1 ? t`${length} key` : t`${length} keys`;
}

/** `grid (50113), hedge (drift)`: each with the exchange's code, or else its worst finding. */
function named(some: readonly Checked[]): string {
	const words = some.slice(0, mostNames).map(({key, result, findings}) => {
		const worst = Math.min(...findings.map(({code}) => code));
		const unknown = unknownPermissions(result.live?.permissions ?? []).filter(word => !key.permissions.includes(word));
		const why = result.exchangeCode ?? exits[exitOfStatus(worst)].means();
		return `${key.name} (${unknown.length === 0 ? why : t`${why}: permission ${unknown.join(', ')}`})`;
	});
	return [...words, ...(some.length > mostNames ? [t`and ${some.length - mostNames} more`] : [])].join(', ');
}
