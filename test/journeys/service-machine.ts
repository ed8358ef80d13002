import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {shellQuote} from '../../source/core/text/shell.ts';
import {manager, runIsolated} from '../helpers/systemd.ts';
import {program} from './program.ts';

export const usualPath = 'PATH=/usr/local/bin:/usr/bin:/bin';

/** What a login of a user has. */
export const loginOf = (user: string) => [
	`HOME=/home/${user}`,
	`USER=${user}`,
	`LOGNAME=${user}`,
	'SHELL=/bin/sh',
	'LANG=C.UTF-8',
];

/** The line that has a user run a command line in its home, with no other variables. */
export const asUser = (user: string, line: string, ...environment: readonly string[]) =>
	`runuser -u ${user} -- env -i ${[...loginOf(user), ...environment].join(' ')} sh -c ${shellQuote(`cd; ${line}`)}`;

/** The same for a line of a page, where one that asks for the passphrase gets it from a file. */
export function asLogin(user: string, line: string): string {
	const asks = /^okx-keys (?:add-slot|agent) /.test(line);
	return asUser(user, line, usualPath, ...(asks ? [`OKX_KEYS_PASSPHRASE_FILE=/home/${user}/passphrase`] : []));
}

/** The command lines of a block, each with the line that has its user run it: root, if the block says so. */
export function shellLinesOf(user: string, text: string): readonly ShownCommand[] {
	const isRoot = text.startsWith('# as root\n');
	return text
		.split('\n')
		.filter(line => line !== '' && !line.startsWith('#'))
		.map(line => [line, isRoot ? line : asLogin(user, line)]);
}

/** A command line of a page, and the line that runs it as the page says. */
export type ShownCommand = readonly [line: string, command: string];

export type Machine = {
	/** Whose vault has a key `grid` of the sandbox's exchange. */
	readonly user: string;
	/** What root does before anything of the page, with the machine's folder in $FOLDER. */
	readonly prepare?: readonly string[];
	/** Files in the folder of the machine, by their names; everyone can read them. */
	readonly files: Readonly<Record<string, string>>;
	/** One after the other, before systemd is started. */
	readonly commands: readonly ShownCommand[];
	/** The units of the page, by the names of their files. */
	readonly units: Readonly<Record<string, string>>;
	/** What a test adds to them. */
	readonly additions?: Readonly<Record<string, string>>;
	/** The same under systemd, after which the machine ends. */
	readonly services: readonly string[];
};

/** What a command line has printed, and how it ended. */
type Outcome = {readonly status: number; readonly out: string};

export type MachineRun = {
	readonly apiKey: string;
	readonly outcomes: readonly Outcome[];
	/** What systemd-analyze finds wrong with the units. */
	readonly verified: string;
	/** A file that the machine has left in its folder. */
	readonly read: (name: string) => string;
	readonly remove: () => void;
};

type Seeded = {
	readonly baseUrl: string;
	readonly apiKey: string;
	readonly secretKey: string;
	readonly passphrase: string;
};

const unitFolder = '/etc/systemd/system';

function scriptFor(folder: string, machine: Machine, baseUrl: string): string {
	const {user, prepare = [], commands, units, additions = {}} = machine;
	const logged = ([, command]: ShownCommand, index: number) =>
		`(${command}) >${folder}/${index}.out 2>&1; echo $? >${folder}/${index}.status`;
	const names = Object.keys(units);
	const overlay = (at: string) => {
		const [upper, work] = [`${folder}/layers${at}`, `${folder}/layers/work${at}`];
		return [
			`mkdir -p ${upper} ${work}`,
			`mount -t overlay overlay -o lowerdir=${at},upperdir=${upper},workdir=${work} ${at}`,
		];
	};
	const options = `--no-test --site ${baseUrl} --perm trade --ip 127.0.0.1,::1 --passphrase-file passphrase`;
	return [
		`exec >${folder}/log 2>&1`,
		`export FOLDER=${folder}`,
		'mount --make-rshared /',
		`mkdir ${folder}/layers && mount -t tmpfs -o mode=755 tmpfs ${folder}/layers`,
		...overlay('/etc'),
		// What seals credentials is made there, and would not be made in memory.
		...overlay('/var/lib'),
		...['/home', '/srv', '/run', '/opt'].map(at => `mount -t tmpfs -o mode=755 tmpfs ${at}`),
		'mkdir -p /run/systemd/system /opt/okx-keys /opt/bin',
		`mount --bind ${path.dirname(path.dirname(program))} /opt/okx-keys`,
		`touch /opt/node && mount --bind ${process.execPath} /opt/node`,
		`printf '#!/bin/sh\\nexec /opt/node /opt/okx-keys/bin/okx-keys.js "$@"\\n' >/opt/bin/okx-keys`,
		'chmod 755 /opt/bin/okx-keys',
		// Where the Debian package has the program; nothing is written to the folder itself.
		'mount -t overlay overlay -o lowerdir=/opt/bin:/usr/bin /usr/bin',
		// The machine may have a user of this number.
		`sed -i '/^[^:]*:[^:]*:1000:/d' /etc/passwd /etc/group`,
		`useradd --create-home --uid 1000 --shell /bin/sh ${user}`,
		`install -m 600 -o ${user} ${folder}/passphrase ${folder}/credential /home/${user}`,
		asUser(user, 'okx-keys init --passphrase-file passphrase', usualPath),
		asUser(user, `okx-keys add grid ${options} <credential`, usualPath),
		...prepare,
		...commands.map(logged),
		...names.map(name => `cp ${folder}/${name} ${unitFolder}/${name}`),
		`systemd-analyze verify ${names.map(name => `${unitFolder}/${name}`).join(' ')} >${folder}/verify 2>&1`,
		`cp ${folder}/test.service ${unitFolder}`,
		...names.map(
			name => `mkdir -p ${unitFolder}/${name}.d && cp ${folder}/${name}.conf ${unitFolder}/${name}.d/test.conf`,
		),
		...Object.keys(additions).map(name => `cat ${folder}/${name}.more >>${unitFolder}/${name}.d/test.conf`),
		'export container=test',
		`exec ${manager} --system --unit=test.service --log-target=null`,
	].join('\n');
}

/** Has a unit start without those of a whole system, and a service write what it says to a file. */
function addition(folder: string, name: string): string {
	const to = `append:${folder}/${name}.out`;
	return [
		'[Unit]\nDefaultDependencies=no\nWants=\nAfter=',
		...(name.endsWith('.service') ? [`[Service]\nStandardOutput=${to}\nStandardError=${to}`] : []),
		'',
	].join('\n');
}

const starter = (folder: string) => `[Unit]
DefaultDependencies=no
SuccessAction=exit-force
FailureAction=exit-force
[Service]
Type=oneshot
Environment=FOLDER=${folder}
ExecStart=/bin/sh ${folder}/services
`;

async function startExchange(): Promise<{readonly stop: () => void; readonly seeded: Seeded}> {
	const exchange = spawn(process.execPath, [program, 'sandbox'], {stdio: ['ignore', 'pipe', 'inherit']});
	let text = '';
	exchange.stdout.setEncoding('utf8').on('data', (more: string) => {
		text += more;
	});
	while (!text.includes('\n')) await once(exchange.stdout, 'data');
	return {stop: () => exchange.kill(), seeded: JSON.parse(text) as Seeded};
}

/** Runs what a page shows on a machine with systemd and one user, which sees nothing of this one but the program. */
export async function runMachine(machine: Machine): Promise<MachineRun> {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-machine-'));
	const {stop, seeded} = await startExchange();
	const {baseUrl, apiKey, secretKey, passphrase} = seeded;
	const {units, additions = {}, files, services, commands} = machine;
	fs.chmodSync(folder, 0o755);
	const all = {
		...files,
		...units,
		passphrase: 'a passphrase of the page\n',
		credential: JSON.stringify({apiKey, secretKey, passphrase}),
		services: services.map(line => `${line}\n`).join(''),
		'test.service': starter(folder),
		...Object.fromEntries(Object.keys(units).map(name => [`${name}.conf`, addition(folder, name)])),
		...Object.fromEntries(Object.entries(additions).map(([name, text]) => [`${name}.more`, text])),
	};
	for (const [name, text] of Object.entries(all)) fs.writeFileSync(path.join(folder, name), text);
	try {
		runIsolated(folder, scriptFor(folder, machine, baseUrl), 240);
	} finally {
		stop();
	}

	const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
	return {
		apiKey,
		outcomes: commands.map((_, index) => ({status: Number(read(`${index}.status`)), out: read(`${index}.out`)})),
		verified: read('verify'),
		read,
		remove() {
			fs.rmSync(folder, {recursive: true, force: true});
		},
	};
}
