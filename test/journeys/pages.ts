import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {shellQuote} from '../../source/core/text/shell.ts';
import type {Block} from './page.ts';
import {program, type Home, type Run} from './program.ts';

/** What a page's line needs, and what comes of it; without more, it ends with status 0. */
export type Expected = {
	/** Makes what the line speaks of, in the same shell. */
	readonly before?: string;
	/** What its terminal shows and what is then typed; without it, the line has no terminal. */
	readonly typed?: ReadonlyArray<readonly [shown: string, answer: string]>;
	/** What its own shell is told first. */
	readonly shell?: string;
	/** What is its standard input. */
	readonly input?: string;
	readonly status?: number;
	readonly says?: RegExp;
};

/** What stands in a page for something that only its reader has. */
const placeholders = [
	['age1…', '"$RECIPIENT"'],
	['remove-slot q8dO', 'remove-slot "$SLOT"'],
	['remove-slot 3f2a', 'remove-slot "$SLOT"'],
] as const;

const isolated = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'] as const;
const asRoot = process.getuid!() === 0 ? [] : ['--map-root-user'];

/** Whether commands can have a network, mounts and processes of their own here, and the programs of the pages. */
export const canIsolate =
	spawnSync('unshare', [...asRoot, ...isolated, 'ip', 'link', 'set', 'lo', 'up']).status === 0 &&
	spawnSync('which', ['jq', 'curl', 'age', 'script', 'man', 'ssh-agent']).status === 0;

/** A line of a page, the command that it is, and what the page shows that it prints. */
export type ShownLine = {readonly line: string; readonly command: string; readonly shows?: string};

/** How the lines of a block are run, by its language. */
const readers: Readonly<Record<string, (text: string) => readonly ShownLine[]>> = {
	/** Without comments. */
	sh: text =>
		text
			.replaceAll('\\\n', '\\\0')
			.split('\n')
			.map(line => line.replaceAll('\0', '\n').replace(/(?:^| +)# .*$/, ''))
			.filter(line => line !== '')
			.map(line => ({line, command: line})),
	/** Each command, after its prompt, and what it prints. */
	console: text =>
		Array.from(text.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm), ([, command, shows]) => ({
			line: `$ ${command}`,
			command: command!,
			shows: shows!,
		})),
	/** As cron runs them: by `sh`, with the variables that stand above them. */
	crontab(text) {
		const lines = text.trimEnd().split('\n');
		const variables = lines.filter(line => /^\w+=/.test(line)).map(line => shellQuote(line));
		return lines.flatMap(line => {
			const [, command] = /^(?:@\w+|(?:[\d*,/-]+\s+){5})\s*(.*)$/.exec(line) ?? [];
			if (command === undefined) return [];
			const environment = ['HOME="$HOME"', 'LOGNAME=user', 'SHELL=/bin/sh', ...variables].join(' ');
			return [{line, command: `env -i ${environment} sh -c ${shellQuote(command)}`}];
		});
	},
};

export const isRunAsLines = ({language}: Block): boolean => Object.hasOwn(readers, language);

/** The lines of a block, each as often as it is there. */
export function linesOf({language, text}: Block): readonly ShownLine[] {
	return readers[language]!(text);
}

/** The first server goes on while the next lines run; others have a network of their own. */
function served(line: string, index: number, isFirst: boolean): string {
	const [, file = `$RUN/${index}.out`] = / > (\S+)$/.exec(line) ?? [];
	const command = isFirst ? `exec ${line}` : `ip link set lo up; exec ${line}`;
	return `rm -f ${file}
${isFirst ? '' : 'unshare --net '}bash -c ${shellQuote(command)} >$RUN/${index}.out 2>$RUN/${index}.err &
for _ in $(seq 500); do [ -s ${file} ] && break; sleep .02; done
[ -s ${file} ]; echo $? >$RUN/${index}.status
${isFirst ? '' : 'kill $!'}`;
}

const typist = path.resolve(import.meta.dirname, 'typist.ts');

const isServer = ({command}: PageLine) => command.startsWith('okx-keys sandbox ');

/** What opens the vault of a line, and is its owner's. */
function openerOf(line: string): string {
	return `export OKX_KEYS_PASSPHRASE_FILE=~/${line.includes('--sandbox') ? 'sandbox' : 'live'}.recovery`;
}

function runOf({command: line, expected}: PageLine, index: number): string {
	const {before = '', typed, shell, input = '/dev/null'} = expected;
	let command = line;
	for (const [placeholder, filled] of placeholders) command = command.replaceAll(placeholder, filled);
	if (shell !== undefined) command = `${shell}\n${command}`;
	const run =
		typed === undefined
			? `timeout 40 bash -o pipefail -c ${shellQuote(command)} <${input}`
			: `timeout 40 ${process.execPath} ${typist} ${[command, ...typed.flat()].map(shellQuote).join(' ')}`;
	return `${openerOf(line)}\n${before}\n${run} >$RUN/${index}.out 2>$RUN/${index}.err; echo $? >$RUN/${index}.status`;
}

/** `new_key` makes a key on the exchange's page, and says it in JSON; `retry` waits out the rate limits. */
const prelude = `set -a
retry() { for _ in $(seq 20); do "$@" && return; done; }
new_key() {
	curl -sS http://127.0.0.1:8080/sandbox/page/keys -H "x-okx-keys-page: $(jq -r .pageToken exchange.json)" \\
		-H 'content-type: application/json' \\
		-d '{"label": "'"$1"'", "passphrase": "Sandbox-1", "perm": "read_only", "ip": "", "type": "api", "env": "live"}' |
		jq '.data[0] | {apiKey, secretKey, passphrase}'
}`;

export type PageLine = ShownLine & {readonly expected: Expected};

/**
 * Runs command lines one after the other in a home, as the only user of a machine without a network, on which the
 * program is `/usr/bin/okx-keys`.
 */
export function runLines(home: Home, lines: readonly PageLine[]): readonly Run[] {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-lines-'));
	const firstServer = lines.findIndex(isServer);
	fs.mkdirSync(path.join(folder, 'usr-bin'));
	fs.mkdirSync(path.join(folder, 'layers'));
	const installed = `#!/bin/sh\nexec ${process.execPath} ${program} "$@"\n`;
	fs.writeFileSync(path.join(folder, 'usr-bin', 'okx-keys'), installed, {mode: 0o755});
	const script = [
		`exec 2>${folder}/log`,
		'ip link set lo up',
		`mount -t overlay overlay -o lowerdir=${folder}/usr-bin:/usr/bin /usr/bin`,
		...['/mnt', '/run', '/srv'].map(at => `mount -t tmpfs tmpfs ${at}`),
		`mount -t tmpfs tmpfs ${folder}/layers && mkdir ${folder}/layers/etc ${folder}/layers/work`,
		`mount -t overlay overlay -o lowerdir=/etc,upperdir=${folder}/layers/etc,workdir=${folder}/layers/work /etc`,
		'cd',
		prelude,
		...lines.map((line, index) =>
			isServer(line) ? served(line.command, index, index === firstServer) : runOf(line, index),
		),
	].join('\n');
	fs.writeFileSync(path.join(folder, 'script'), script);
	spawnSync('unshare', [...asRoot, ...isolated, 'bash', path.join(folder, 'script')], {
		env: {...home.environment, PATH: `${home.path}/bin:${process.env['PATH']}`, RUN: folder},
		timeout: 240_000,
	});
	const read = (name: string) => {
		try {
			return fs.readFileSync(path.join(folder, name), 'utf8');
		} catch {
			return '';
		}
	};
	const runs = lines.map((_, index) => {
		const status = read(`${index}.status`);
		return {status: status === '' ? null : Number(status), out: read(`${index}.out`), err: read(`${index}.err`)};
	});
	fs.rmSync(folder, {recursive: true, force: true});
	return runs;
}
