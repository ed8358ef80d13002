import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {clockServices} from '../../source/core/diagnosis/clock-service.ts';
import {clockServiceHere} from '../../source/system/clock-service.ts';

/** A machine that has these files. */
function machine(...files: readonly string[]): string {
	const root = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-clock-'));
	onTestFinished(() => fs.rmSync(root, {recursive: true}));
	for (const file of files) {
		fs.mkdirSync(path.dirname(path.join(root, file)), {recursive: true});
		fs.writeFileSync(
			path.join(root, file),
			file === 'proc/version' ? 'Linux version 5.15.167.4-microsoft-standard-WSL2 (root@x)' : '',
		);
	}

	return root;
}

test.each([
	['timesyncd', ['run/systemd/timesync/synchronized']],
	['timesyncd', ['lib/systemd/systemd-timesyncd']],
	['chrony', ['run/chrony/chronyd.pid']],
	['chrony', ['usr/sbin/chronyd']],
	['ntpd', ['run/ntpd.pid']],
	['ntpd', ['usr/sbin/ntpd']],
	['host', ['.dockerenv']],
	['host', ['run/.containerenv']],
	['host', ['run/systemd/container']],
	['host', ['run/secrets/kubernetes.io/serviceaccount/token']],
	['wsl', ['proc/version']],
	['unknown', []],
])('the clock is kept by %s where there is %j', (service, files) => {
	expect(clockServiceHere('linux', machine(...files))).toBe(service);
});

test('what runs counts before what is only installed', () => {
	expect(
		clockServiceHere('linux', machine('run/systemd/timesync/synchronized', 'usr/sbin/chronyd', 'usr/sbin/ntpd')),
	).toBe('timesyncd');
	expect(clockServiceHere('linux', machine('run/ntpd.pid', 'usr/sbin/chronyd', 'lib/systemd/systemd-timesyncd'))).toBe(
		'ntpd',
	);
});

test('a container has no say over its clock, whatever is installed in it and wherever it runs', () => {
	expect(clockServiceHere('linux', machine('.dockerenv', 'proc/version', 'run/chrony/chronyd.pid'))).toBe('host');
	expect(clockServiceHere('linux', machine('proc/version', 'usr/lib/systemd/systemd-timesyncd'))).toBe('wsl');
});

test('macOS and Windows keep their clocks themselves', () => {
	expect([clockServiceHere('darwin', machine('usr/sbin/ntpd')), clockServiceHere('win32', machine())]).toEqual([
		'macos',
		'windows',
	]);
});

test('this machine has an answer', () => {
	expect(clockServices).toContain(clockServiceHere());
});
