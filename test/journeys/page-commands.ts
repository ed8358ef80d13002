import path from 'node:path';
import {runInNewContext} from 'node:vm';
import {FAILSAFE_SCHEMA, load} from 'js-yaml';
import {shellQuote} from '../../source/core/text/shell.ts';
import {blocksOf} from './page.ts';
import {asUser, loginOf, shellLinesOf, usualPath, type ShownCommand} from './service-machine.ts';

export const blocks = blocksOf('docs/bots.md').filter(({chapter}) => chapter === 'Unattended');
const inSection = (section: string, language: string) =>
	blocks.filter(block => block.section === section && block.language === language).map(({text}) => text);

/** As cron runs it: by `sh`, with its short PATH. */
const crontab = inSection('cron', 'crontab')
	.flatMap(text => text.trim().split('\n'))
	.map(line => [line, asUser('bot', /^(?:@\w+|(?:\S+\s+){5})\s*(.*)$/.exec(line)![1]!, 'PATH=/usr/bin:/bin')] as const);

type Compose = {
	readonly services: {
		readonly bot: {
			readonly user: string;
			readonly command: string;
			readonly secrets: readonly [{readonly target: string; readonly uid: string; readonly mode: string}];
		};
	};
};
type Pod = {
	readonly spec: {
		readonly securityContext: {readonly runAsUser: string; readonly runAsGroup: string; readonly fsGroup: string};
		readonly containers: readonly [
			{readonly command: readonly string[]; readonly volumeMounts: readonly [{readonly mountPath: string}]},
		];
		readonly volumes: readonly [{readonly secret: {readonly defaultMode: string}}];
	};
};
const [compose, pod] = inSection('Containers', 'yaml').map(text => load(text, {schema: FAILSAFE_SCHEMA})) as [
	Compose,
	Pod,
];

/** A mount that holds one file, as the container's engine leaves it, and the command in it. */
function contained(file: string, mode: string, owner: string, ids: string, words: string): string {
	const folder = path.dirname(file);
	return [
		`mkdir -p ${folder} && mount -t tmpfs -o mode=755 tmpfs ${folder}`,
		`cp /home/bot/bot.key ${file} && chown ${owner} ${file} && chmod ${mode} ${file}`,
		`mount -o remount,ro ${folder}`,
		`env -i ${loginOf('bot').join(' ')} ${usualPath} setpriv ${ids} ${words}; status=$?`,
		`umount ${folder}; (exit $status)`,
	].join('; ');
}

function containers(): readonly ShownCommand[] {
	const {user, command, secrets} = compose.services.bot;
	const [{target, uid, mode}] = secrets;
	const {securityContext: context, containers, volumes} = pod.spec;
	const [{command: words, volumeMounts}] = containers;
	// fsGroup adds the group's right to read to every file of the volume.
	const podMode = (Number.parseInt(volumes[0].secret.defaultMode, 8) | 0o440).toString(8);
	const groups = `--groups ${context.fsGroup}`;
	return [
		[
			'compose',
			contained(`/run/secrets/${target}`, mode, uid, `--reuid ${user} --regid ${user} --clear-groups`, command),
		],
		[
			'kubernetes',
			contained(
				`${volumeMounts[0].mountPath}/okx-keys.key`,
				podMode,
				`0:${context.fsGroup}`,
				`--reuid ${context.runAsUser} --regid ${context.runAsGroup} ${groups}`,
				words.join(' '),
			),
		],
	];
}

type App = {readonly script: string; readonly args: readonly string[]; readonly interpreter: string};

function pm2(): readonly ShownCommand[] {
	const loaded = {exports: {} as {apps: readonly App[]}};
	runInNewContext(inSection('pm2', 'js')[0]!, {module: loaded});
	return loaded.exports.apps.map(({script, args}) => [
		'pm2',
		asUser('bot', [script, ...args].map(word => shellQuote(word)).join(' ')),
	]);
}

export const units = Object.fromEntries(
	inSection('systemd', 'ini').map((text, index) => [index === 0 ? 'bot.service' : 'bot-of-file.service', text]),
);
const shellLines = blocks.filter(({language}) => language === 'sh').flatMap(({text}) => shellLinesOf('bot', text));

/** Every command of the page, with the line that runs it as the page says. */
export function commands(): readonly ShownCommand[] {
	return [...shellLines, ...crontab, ...containers(), ...pm2()];
}
