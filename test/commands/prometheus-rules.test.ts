import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {prometheus} from '../../source/monitoring/prometheus.ts';
import {blockOf} from '../journeys/page.ts';
import {at, checked, down, live, wrongSecret} from './checked.ts';

const page = 'docs/monitoring.md';
const hourMs = 3_600_000;
const names = (text: string, pattern: RegExp) => new Set(Array.from(text.matchAll(pattern), ([, name]) => name));

/** The figures of a check that ended so many hours after the first one. */
const report = (hours: number, ...keys: Parameters<typeof prometheus>[0]) =>
	prometheus(keys, {startedAt: hours * hourMs, endedAt: hours * hourMs}, true);

/** What Prometheus has read from these files, one in each hour. */
function seriesOf(reports: readonly string[]): readonly {readonly series: string; readonly values: string}[] {
	const all = reports.map(
		text => new Map(Array.from(text.matchAll(/^(okx_.*) (\S+)$/gm), ([, name, value]) => [name!, value!])),
	);
	return [...new Set(all.flatMap(figures => [...figures.keys()]))].map(series => ({
		series,
		values: all.map(figures => figures.get(series) ?? '_').join(' '),
	}));
}

test('the page names every figure', () => {
	const keys = [
		checked('grid', [], {daysLeft: 3, live: {...live, ip: []}}, {expiresAt: at}),
		checked('dead', [wrongSecret], down),
	];
	const written = names(report(0, ...keys), /^# TYPE (\S+) /gm);
	const chapter = fs.readFileSync(page, 'utf8').split('\n## Prometheus\n')[1]!.split('```')[0]!;
	expect(names(chapter, /`(okx_\w+)`/g)).toEqual(written);
});

test.skipIf(spawnSync('promtool', ['--version']).error !== undefined)(
	'the rules of the page raise an alarm for a key that fails, and for keys that are no longer checked',
	() => {
		const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-rules-'));
		onTestFinished(() => {
			fs.rmSync(folder, {recursive: true});
		});
		fs.writeFileSync(path.join(folder, 'rules.yml'), blockOf(page, 'yaml'));
		const labels = {key: 'grid', site: 'global', environment: 'live'};
		const failed = {
			exp_labels: labels,
			exp_annotations: {summary: `grid: okx-keys check says ${wrongSecret.code}`},
		};
		const alarms = (hour: number, alertname: string, ...expected: readonly object[]) => ({
			eval_time: `${hour}h`,
			alertname,
			exp_alerts: expected,
		});
		const broken = report(1, checked('grid', [wrongSecret], down));
		const tests = {
			rule_files: ['rules.yml'],
			tests: [
				{
					interval: '1h',
					input_series: seriesOf([report(0, checked('grid')), broken, broken, broken, broken]),
					alert_rule_test: [
						alarms(0, 'OkxKey'),
						alarms(0, 'OkxKeysUnchecked'),
						alarms(1, 'OkxKey', failed),
						alarms(3, 'OkxKeysUnchecked'),
						// The file of the first hour is still there in the fourth.
						alarms(4, 'OkxKeysUnchecked', {}),
						// In the fifth, there is none.
						alarms(5, 'OkxKeysUnchecked', {}),
						alarms(5, 'OkxKey'),
					],
				},
			],
		};
		fs.writeFileSync(path.join(folder, 'tests.yml'), JSON.stringify(tests));
		const {status, stdout, stderr} = spawnSync('promtool', ['test', 'rules', path.join(folder, 'tests.yml')], {
			encoding: 'utf8',
		});
		expect({status, stdout, stderr}).toMatchObject({status: 0, stdout: expect.stringContaining('SUCCESS') as string});
	},
);
