import type {Checked} from '../actions/check.ts';
import {permissions, type PermissionWord} from '../core/key/key.ts';
import {unknownPermissions} from '../core/key/permission.ts';
import {exits, worstExit} from '../core/exit-status.ts';

type Labels = Readonly<Record<string, string>>;
type Sample = {readonly labels?: Labels; readonly value: number};
type Metric = {readonly name: string; readonly help: string; readonly samples: readonly Sample[]};

/** When a check began and ended, ms since 1970. */
export type CheckTimes = {readonly startedAt: number; readonly endedAt: number};

/** Begins every report and no other file: the first metric is one of a key, or the number of keys. */
export const reportBeginning = '# HELP okx_key';

const policyCode = exits.policy.status;
const secondsADay = 86_400;

const ofKeys: readonly {
	readonly name: string;
	readonly help: string;
	readonly of: (checked: Checked) => number | null;
}[] = [
	{
		name: 'okx_key_up',
		help:
			'1 where the exchange accepted the key, 0 where something failed; ' +
			'absent where the key was not tried and nothing failed.',
		of: ({result}) => (result.touched ? 1 : result.ok ? null : 0),
	},
	{
		name: 'okx_key_status_code',
		help: 'Exit status of the worst finding of the key; 0 if there is none.',
		of: ({findings}) => exits[worstExit(findings.map(({code}) => code))].status,
	},
	{name: 'okx_key_call_seconds', help: 'How long the signed call took.', of: ({result}) => inSeconds(result.latencyMs)},
	{
		name: 'okx_key_clock_skew_seconds',
		help: 'Clock of this machine minus the clock of the exchange.',
		of: ({result}) => inSeconds(result.skewMs),
	},
	{
		name: 'okx_key_lifetime_left_seconds',
		help:
			'Whole days, in seconds, until the exchange deletes the key if nothing has used it but this program; ' +
			'absent where the rule does not apply, or is not known to.',
		of: ({result}) => (result.daysLeft === null ? null : result.daysLeft * secondsADay),
	},
	{
		name: 'okx_key_expires_timestamp_seconds',
		help: 'The expiry date that the owner gave the key, past or to come; absent where there is none.',
		of: ({key}) => inSeconds(key.expiresAt ?? null),
	},
	{
		name: 'okx_key_drift',
		help: 'Fields that differ between the exchange and the declaration.',
		of: ({result}) => (result.live ? result.drift.length : null),
	},
	{
		name: 'okx_key_ip_entries',
		help:
			'Entries of the IP list, 0 for any address; as the exchange says, or as declared where it did not. ' +
			'Absent where a list may be that of an app.',
		of: ({key, result}) => (result.binding === 'unknown' ? null : (result.live ?? key).ip.length),
	},
	{
		name: 'okx_key_age_seconds',
		help: 'Time since the key was made or came here, whichever is known.',
		of: ({key, result}) => inSeconds(result.testedAt - key.createdAt),
	},
	{
		name: 'okx_key_last_success_timestamp_seconds',
		help: 'When a test of the key last passed.',
		of: ({key, result}) =>
			inSeconds(
				result.ok && result.touched
					? result.testedAt
					: (key.lastTest?.goodAt ?? (key.lastTest?.ok ? key.lastTest.at : null)),
			),
	},
];

/**
 * The result of a check in Prometheus' text format, for the textfile collector of node_exporter. Without `hasPolicy`,
 * violations are left out.
 */
export function prometheus(checked: readonly Checked[], {startedAt, endedAt}: CheckTimes, hasPolicy: boolean): string {
	const each = (of: (one: Checked) => number | null): Sample[] =>
		checked.flatMap(one => {
			const value = of(one);
			return value === null ? [] : [{labels: labelsOf(one), value}];
		});
	const metrics: readonly Metric[] = [
		...ofKeys.map(({name, help, of}) => ({name, help, samples: each(of)})),
		{
			name: 'okx_key_policy_violations',
			help: 'Demands of the policy that the key does not meet.',
			samples: hasPolicy ? each(({findings}) => findings.filter(({code}) => code === policyCode).length) : [],
		},
		{
			name: 'okx_key_permission',
			help: 'Whether the key has the permission; as the exchange says, or as declared where it did not.',
			samples: checked.flatMap(one =>
				permissionsOf(one).map(permission => ({
					labels: {...labelsOf(one), permission},
					value: seenOf(one).includes(permission) ? 1 : 0,
				})),
			),
		},
		{name: 'okx_keys_checked', help: 'Keys that were checked.', samples: [{value: checked.length}]},
		{name: 'okx_keys_check_timestamp_seconds', help: 'When the check ended.', samples: [{value: endedAt / 1000}]},
		{
			name: 'okx_keys_check_duration_seconds',
			help: 'How long the check took.',
			samples: [{value: (endedAt - startedAt) / 1000}],
		},
	];
	return metrics
		.filter(({samples}) => samples.length > 0)
		.map(metric => print(metric))
		.join('');
}

function seenOf({key, result}: Checked): readonly PermissionWord[] {
	return (result.live ?? key).permissions;
}

function permissionsOf(one: Checked): readonly PermissionWord[] {
	return [...permissions, ...unknownPermissions(seenOf(one))];
}

function labelsOf({key: {name, site, environment}}: Checked): Labels {
	return {key: name, site, environment};
}

function print({name, help, samples}: Metric): string {
	const lines = samples.map(({labels = {}, value}) => {
		const pairs = Object.entries(labels)
			.map(([label, text]) => `${label}="${escaped(text)}"`)
			.join(',');
		return `${name}${pairs === '' ? '' : `{${pairs}}`} ${value}`;
	});
	return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines, ''].join('\n');
}

/**
 * Escapes the three characters that the format reserves in a label value. Lone surrogates are replaced, because they
 * are not valid UTF-8.
 */
function escaped(text: string): string {
	return text
		.toWellFormed()
		.replaceAll('\\', String.raw`\\`)
		.replaceAll('"', String.raw`\"`)
		.replaceAll('\n', String.raw`\n`);
}

function inSeconds(ms: number | null): number | null {
	return ms === null ? null : ms / 1000;
}
