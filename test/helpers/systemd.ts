import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const manager = '/lib/systemd/systemd';
const isolated = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'] as const;

/** Whether systemd can be started here as the first process of processes of its own. */
export const hasSystemd =
	fs.existsSync(manager) && process.getuid!() === 0 && spawnSync('unshare', [...isolated, 'true']).status === 0;

export type UnitRun = {
	/** What the services have written to standard output and error. */
	readonly out: string;
	/** The end of the first unit: `success`, `exit-code` … */
	readonly result: string;
};

/** Starts units by a real systemd, which sees only them, and waits until the first one has ended. */
export function runUnits(units: Readonly<Record<string, string>>): UnitRun {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-systemd-'));
	try {
		const [first = ''] = Object.keys(units);
		fs.mkdirSync(path.join(folder, 'units'));
		for (const [name, text] of Object.entries(units)) fs.writeFileSync(path.join(folder, 'units', name), text);
		fs.writeFileSync(path.join(folder, 'units', 'test.service'), starter(first, folder));
		fs.mkdirSync(path.join(folder, 'units', 'service.d'));
		fs.writeFileSync(path.join(folder, 'units', 'service.d', 'output.conf'), output(folder));
		runIsolated(folder, script(folder));
		const read = (name: string) => {
			try {
				return fs.readFileSync(path.join(folder, name), 'utf8');
			} catch {
				return '';
			}
		};
		return {out: read('out'), result: read('result').trim()};
	} finally {
		fs.rmSync(folder, {recursive: true, force: true});
	}
}

/** Runs a script as the first of processes of its own, which see mounts of their own; none of them outlives it. */
export function runIsolated(folder: string, text: string, seconds = 60): void {
	fs.writeFileSync(path.join(folder, 'start'), text);
	spawnSync('timeout', ['-s', 'KILL', String(seconds), 'unshare', ...isolated, 'sh', path.join(folder, 'start')]);
}

/** Starts the unit under test as a person would, writes down how it ended, and ends the manager. */
function starter(unit: string, folder: string): string {
	const wait = `while systemctl is-active --quiet ${unit}; do sleep 0.1; done`;
	const show = `systemctl show --property=Result --value ${unit} >${folder}/result`;
	return `[Unit]
DefaultDependencies=no
SuccessAction=exit-force
FailureAction=exit-force
[Service]
Type=oneshot
ExecStart=/bin/sh -c 'systemctl start ${unit}; ${wait}; ${show}'
`;
}

function output(folder: string): string {
	return `[Unit]
DefaultDependencies=no
[Service]
StandardOutput=append:${folder}/out
StandardError=append:${folder}/out
`;
}

function script(folder: string): string {
	return `mount --make-rshared /
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system
mount --bind ${folder}/units /etc/systemd/system
export container=test
exec ${manager} --system --unit=test.service --log-target=null
`;
}
