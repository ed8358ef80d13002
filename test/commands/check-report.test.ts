import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {reportBeginning, prometheus} from '../../source/monitoring/prometheus.ts';
import {refuseOtherThanReport, replaceReport} from '../../source/system/user-files/report-file.ts';
import {failureOf} from '../helpers/fakes.ts';

describe('the file with the figures', () => {
	function folder(): string {
		const made = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-report-'));
		onTestFinished(() => {
			fs.rmSync(made, {recursive: true, force: true});
		});
		return made;
	}

	it('takes the place of the earlier one whole, readable by all under any umask, and leaves nothing beside it', () => {
		const file = path.join(folder(), 'okx.prom');
		const before = process.umask(0o077);
		onTestFinished(() => {
			process.umask(before);
		});
		replaceReport(file, 'one\n', 'a');
		const reader = fs.openSync(file, 'r');
		replaceReport(file, 'two\n', 'b');
		expect(fs.readFileSync(reader, 'utf8')).toBe('one\n');
		fs.closeSync(reader);
		expect(fs.readFileSync(file, 'utf8')).toBe('two\n');
		expect(fs.statSync(file).mode & 0o777).toBe(0o644);
		expect(fs.readdirSync(path.dirname(file))).toEqual(['okx.prom']);
	});

	it('typo-replaces-vault: replaces nothing that is not empty or a report of ours, and follows no link', async () => {
		const place = folder();
		const refusal = async (name: string) =>
			failureOf(
				(async () => {
					refuseOtherThanReport(path.join(place, name), reportBeginning);
				})(),
			);
		for (const [name, text] of [
			['vault.json', '{"format":"okx-keys"}'],
			['short', '#'],
			['almost', '# HELP okx_kez'],
		] as const)
			fs.writeFileSync(path.join(place, name), text);
		fs.symlinkSync(path.join(place, 'vault.json'), path.join(place, 'link.prom'));
		fs.mkdirSync(path.join(place, 'folder'));
		for (const name of ['vault.json', 'short', 'almost', 'link.prom', 'folder'])
			expect(await refusal(name), name).toBe('not-a-report');
		expect(await refusal('vault.json/okx.prom')).toBe('report-not-written');

		fs.writeFileSync(path.join(place, 'empty'), '');
		fs.writeFileSync(path.join(place, 'okx.prom'), prometheus([], {startedAt: 0, endedAt: 0}, false));
		for (const name of ['empty', 'okx.prom', 'absent']) refuseOtherThanReport(path.join(place, name), reportBeginning);
	});

	it('symlink-in-the-way: nor one with the name of its unfinished form', async () => {
		const place = folder();
		fs.writeFileSync(path.join(place, 'other'), 'precious');
		fs.symlinkSync(path.join(place, 'other'), path.join(place, '.okx.prom.tmp-a'));
		expect(
			await failureOf(
				(async () => {
					replaceReport(path.join(place, 'okx.prom'), 'x', 'a');
				})(),
			),
		).toBe('report-not-written');
		expect(fs.readFileSync(path.join(place, 'other'), 'utf8')).toBe('precious');
	});

	it('that has no folder is told', async () => {
		expect(
			await failureOf(
				(async () => {
					replaceReport(path.join(folder(), 'none/okx.prom'), 'x', 'a');
				})(),
			),
		).toBe('report-not-written');
	});
});
