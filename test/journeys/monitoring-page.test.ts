import {spawnSync} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hasSystemd} from '../helpers/systemd.ts';
import {blockOf, blocksOf} from './page.ts';
import {runMachine, shellLinesOf, type MachineRun, type ShownCommand} from './service-machine.ts';

const page = 'docs/monitoring.md';
const [service, timer] = ['okx-keys-check.service', 'okx-keys-check.timer'];
const [serviceText, timerText] = blocksOf(page)
	.filter(({language}) => language === 'ini')
	.map(({text}) => text) as [string, string];

/** As the page says: what docs/bots.md does for a service of `bot`, for one of `okx`. */
const sealing = blocksOf('docs/bots.md')
	.filter(({section, language}) => section === 'systemd' && language === 'sh')
	.slice(0, 2)
	.flatMap(({text}) => shellLinesOf('okx', text.replaceAll('/home/bot/', '/home/okx/')));
const keyFile = shellLinesOf('okx', 'okx-keys add-slot key-file --file ~/okx-keys.key\n');

const [, commandLine] = /^ *command_line +(.*)$/m.exec(blockOf(page, 'cfg'))!;
const asNagios = (line: string): ShownCommand => [line, `runuser -u nagios -- sh -c 'cd /; ${line}'`];
const plugin = asNagios(commandLine!);
const forbidden = asNagios('/usr/bin/sudo -n -H -u okx /usr/bin/okx-keys list --key-file /home/okx/okx-keys.key');

const commands: readonly ShownCommand[] = [...sealing, ...keyFile, plugin, forbidden];
const report = '/var/lib/okx-keys/okx-keys.prom';

const hasSudo = spawnSync('sudo', ['-V']).error === undefined;
const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

describe.skipIf(!hasSystemd)('docs/monitoring.md: on a machine with a user okx', () => {
	let run: MachineRun;

	beforeAll(async () => {
		run = await runMachine({
			user: 'okx',
			prepare: [
				'useradd --system --shell /bin/sh nagios',
				'install -D -m 440 $FOLDER/sudoers /etc/sudoers.d/okx-keys',
				'install -D -m 644 $FOLDER/policy.json /etc/okx-keys/policy.json',
			],
			files: {sudoers: blockOf(page, 'sudoers'), 'policy.json': '{"withdraw": "forbidden"}'},
			commands,
			units: {[service]: serviceText, [timer]: timerText},
			// The timer starts the service at once instead of within the hour.
			additions: {[timer]: '[Timer]\nOnActiveSec=0\nRandomizedDelaySec=0\n'},
			services: [
				`systemctl enable --now ${timer}`,
				`state() { systemctl show --property=ActiveState --value ${service}; }`,
				`until [ -e ${report} ] || [ "$(state)" = failed ]; do sleep 0.1; done`,
				`while [ "$(state)" = activating ]; do sleep 0.1; done`,
				`systemctl show --property=Result --value ${service} >$FOLDER/result`,
				`systemctl is-enabled ${timer} >$FOLDER/enabled`,
				`systemctl show --property=TimersCalendar --value ${timer} >$FOLDER/calendar`,
				`runuser -u nobody -- cat ${report} >$FOLDER/report`,
			],
		});
	}, 260_000);
	afterAll(() => {
		run.remove();
	});

	const outcomeOf = (command: ShownCommand) => run.outcomes[commands.indexOf(command)]!;

	test.each([...sealing, ...keyFile].map(command => ({line: command[0], command})))('$line', ({command}) => {
		expect(outcomeOf(command)).toMatchObject({status: 0});
	});

	test('the units pass systemd-analyze', () => {
		for (const name of [service, timer]) expect(run.verified).not.toContain(`/${name}:`);
	});

	test('the timer is started at boot and every hour, and starts the service, which succeeds', () => {
		expect(run.read(`${service}.out`)).toBe('');
		expect(run.read('result').trim()).toBe('success');
		expect(run.read('enabled').trim()).toBe('enabled');
		expect(run.read('calendar')).toContain('OnCalendar=*-*-* *:00:00');
	});

	test('the service leaves figures that other users can read', () => {
		expect(run.read('report')).toMatch(/^okx_key_up\{key="grid",site="http:[^"]+",environment="live"\} 1$/m);
	});

	test.skipIf(!hasSudo)('the user of Nagios may run its command by sudo, and no other', () => {
		expect(outcomeOf(plugin)).toMatchObject({
			status: 0,
			out: expect.stringMatching(/^OKX KEYS OK - 1 key passed \|/) as string,
		});
		expect(outcomeOf(forbidden)).toMatchObject({
			status: 1,
			out: expect.stringContaining('a password is required') as string,
		});
	});

	test.skipIf(!hasPromtool)('promtool finds nothing wrong with the figures', () => {
		const {status, stdout, stderr} = spawnSync('promtool', ['check', 'metrics'], {
			input: run.read('report'),
			encoding: 'utf8',
		});
		expect([status, stdout, stderr]).toEqual([0, '', '']);
	});
});
