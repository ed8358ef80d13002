import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {hasSystemd, manager, runIsolated} from '../helpers/systemd.ts';
import {asUser, blocks, commands, units, usualPath} from './page-commands.ts';
import {program} from './program.ts';

const hostKey = '/var/lib/systemd/credential.secret';

type Seeded = {
	readonly baseUrl: string;
	readonly apiKey: string;
	readonly secretKey: string;
	readonly passphrase: string;
};

/** What a command line of the page has printed, and how it ended. */
type Outcome = {readonly status: number; readonly out: string};

/** What a bot does: says who it is and which key it got, and asks the exchange. */
const bot = `#!/bin/sh
exec /opt/node -e '
	const {OKX_API_KEY: key, OKX_API_BASE_URL: url} = process.env;
	fetch(url + "/api/v5/public/time").then(async answer => {
		console.log("bot", process.getuid(), key, (await answer.json()).code);
	});
'
`;

function scriptFor(folder: string, {baseUrl}: Seeded): string {
	const logged = ([, command]: readonly [string, string], index: number) =>
		`(${command}) >${folder}/${index}.out 2>&1; echo $? >${folder}/${index}.status`;
	const files = Object.entries(units).map(([name]) => `cp ${folder}/${name} /etc/systemd/system/${name}`);
	return [
		`exec >${folder}/log 2>&1`,
		'mount --make-rshared /',
		`cp -a /etc ${folder}/etc && mount --bind ${folder}/etc /etc`,
		...['/home', '/srv', '/run', '/opt'].map(at => `mount -t tmpfs -o mode=755 tmpfs ${at}`),
		'mkdir -p /run/systemd/system /opt/okx-keys /opt/bin /srv/bot',
		`mount --bind ${path.dirname(path.dirname(program))} /opt/okx-keys`,
		`touch /opt/node && mount --bind ${process.execPath} /opt/node`,
		`printf '#!/bin/sh\\nexec /opt/node /opt/okx-keys/bin/okx-keys.js "$@"\\n' >/opt/bin/okx-keys`,
		`cp ${folder}/bot /srv/bot/bot; chmod 755 /opt/bin/okx-keys /srv/bot/bot`,
		// Where the Debian package has the program; nothing is written to the folder itself.
		'mount -t overlay overlay -o lowerdir=/opt/bin:/usr/bin /usr/bin',
		// The machine may have a user of this number.
		`sed -i '/^[^:]*:[^:]*:1000:/d' /etc/passwd /etc/group`,
		'useradd --create-home --uid 1000 --shell /bin/sh bot',
		`install -m 600 -o bot ${folder}/passphrase ${folder}/credential /home/bot`,
		asUser('okx-keys init --passphrase-file passphrase', usualPath),
		asUser(`okx-keys add grid --no-test --site ${baseUrl} --passphrase-file passphrase <credential`, usualPath),
		...commands().map(logged),
		...files,
		`systemd-analyze verify ${Object.keys(units)
			.map(name => `/etc/systemd/system/${name}`)
			.join(' ')} >${folder}/verify 2>&1`,
		`cp ${folder}/test.service /etc/systemd/system`,
		`mkdir -p /etc/systemd/system/bot.service.d /etc/systemd/system/bot-of-file.service.d`,
		...Object.keys(units).map(
			name =>
				`printf '[Unit]\\nDefaultDependencies=no\\nWants=\\nAfter=\\n[Service]\\n${['Output', 'Error']
					.map(stream => `Standard${stream}=append:${folder}/${name}.out\\n`)
					.join('')}' >/etc/systemd/system/${name}.d/test.conf`,
		),
		'export container=test',
		`exec ${manager} --system --unit=test.service --log-target=null`,
	].join('\n');
}

function starter(folder: string): string {
	const run = Object.keys(units).map(
		name =>
			`systemctl start ${name}; while systemctl is-active --quiet ${name}; do sleep 0.1; done; ` +
			`systemctl show --property=Result --value ${name} >${folder}/${name}.result`,
	);
	return `[Unit]
DefaultDependencies=no
SuccessAction=exit-force
FailureAction=exit-force
[Service]
Type=oneshot
ExecStart=/bin/sh -c '${run.join('; ')}'
`;
}

async function startExchange(): Promise<{readonly exchange: ChildProcess; readonly seeded: Seeded}> {
	const exchange = spawn(process.execPath, [program, 'sandbox'], {stdio: ['ignore', 'pipe', 'inherit']});
	let text = '';
	exchange.stdout.setEncoding('utf8').on('data', (more: string) => {
		text += more;
	});
	while (!text.includes('\n')) await once(exchange.stdout, 'data');
	return {exchange, seeded: JSON.parse(text) as Seeded};
}

describe.skipIf(!hasSystemd)('docs/bots.md, Unattended: on a machine with a user bot', () => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-page-'));
	// systemd-creds makes it, and takes none in memory.
	const hadHostKey = fs.existsSync(hostKey);
	let exchange: ChildProcess;
	let told: RegExp;

	beforeAll(async () => {
		const started = await startExchange();
		({exchange} = started);
		const {baseUrl: _, ...credential} = started.seeded;
		told = new RegExp(`^bot 1000 ${credential.apiKey} 0$`, 'm');
		fs.chmodSync(folder, 0o755);
		const files = {
			passphrase: 'a passphrase of the page\n',
			credential: JSON.stringify(credential),
			bot,
			'test.service': starter(folder),
			...units,
		};
		for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
		runIsolated(folder, scriptFor(folder, started.seeded), 240);
	}, 250_000);
	afterAll(() => {
		exchange.kill();
		fs.rmSync(folder, {recursive: true, force: true});
		if (!hadHostKey) fs.rmSync(hostKey, {force: true});
	});

	const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
	const outcome = (index: number): Outcome => ({status: Number(read(`${index}.status`)), out: read(`${index}.out`)});

	test.each(commands().map(([line], index) => ({line, index})))('$line', ({line, index}) => {
		const {status, out} = outcome(index);
		expect({status, out}).toMatchObject({status: 0});
		if (!/^okx-keys (?:add-slot|agent|export)|^(?:mkdir|shred|install|systemd-creds)/.test(line))
			expect(out).toMatch(told);
	});

	test.each(Object.keys(units))('%s passes systemd-analyze, and is started by systemd', name => {
		expect(read('verify')).not.toContain(`/${name}:`);
		expect(read(`${name}.out`)).toMatch(told);
		expect(read(`${name}.result`).trim()).toBe('success');
	});
});

test('the page shows every way that its table names', () => {
	expect(new Set(blocks.map(({section}) => section))).toEqual(
		new Set(['Key file', 'systemd', 'cron', 'Agent', 'Containers', 'pm2']),
	);
	expect(commands().length).toBeGreaterThan(12);
});
