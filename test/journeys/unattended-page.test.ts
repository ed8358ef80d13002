import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hasSystemd} from '../helpers/systemd.ts';
import {blocks, commands, units} from './page-commands.ts';
import {runMachine, type MachineRun} from './service-machine.ts';

/** What a bot does: says who it is and which key it got, and asks the exchange. */
const bot = `#!/bin/sh
exec /opt/node -e '
	const {OKX_API_KEY: key, OKX_API_BASE_URL: url} = process.env;
	fetch(url + "/api/v5/public/time").then(async answer => {
		console.log("bot", process.getuid(), key, (await answer.json()).code);
	});
'
`;

describe.skipIf(!hasSystemd)('docs/bots.md, Unattended: on a machine with a user bot', () => {
	let run: MachineRun;
	let told: RegExp;

	beforeAll(async () => {
		run = await runMachine({
			user: 'bot',
			prepare: ['mkdir /srv/bot', 'install -m 755 $FOLDER/bot /srv/bot/bot'],
			files: {bot},
			commands: commands(),
			units,
			services: Object.keys(units).flatMap(name => [
				`systemctl start ${name}`,
				`while systemctl is-active --quiet ${name}; do sleep 0.1; done`,
				`systemctl show --property=Result --value ${name} >$FOLDER/${name}.result`,
			]),
		});
		told = new RegExp(`^bot 1000 ${run.apiKey} 0$`, 'm');
	}, 260_000);
	afterAll(() => {
		run.remove();
	});

	test.each(commands().map(([line], index) => ({line, index})))('$line', ({line, index}) => {
		const {status, out} = run.outcomes[index]!;
		expect({status, out}).toMatchObject({status: 0});
		if (!/^okx-keys (?:add-slot|agent|export)|^(?:mkdir|shred|install|systemd-creds)/.test(line))
			expect(out).toMatch(told);
	});

	test.each(Object.keys(units))('%s passes systemd-analyze, and is started by systemd', name => {
		expect(run.verified).not.toContain(`/${name}:`);
		expect(run.read(`${name}.out`)).toMatch(told);
		expect(run.read(`${name}.result`).trim()).toBe('success');
	});
});

test('the page shows every way that its table names, and no block that is not run', () => {
	expect(blocks.filter(({language}) => language !== 'sh').map(({section, language}) => [section, language])).toEqual([
		['systemd', 'ini'],
		['systemd', 'ini'],
		['cron', 'crontab'],
		['Containers', 'yaml'],
		['Containers', 'yaml'],
		['pm2', 'js'],
	]);
	expect(new Set(blocks.map(({section}) => section))).toEqual(
		new Set(['Key file', 'systemd', 'cron', 'Agent', 'Containers', 'pm2']),
	);
	expect(commands().length).toBeGreaterThan(12);
});
