import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {refusal} from '../../source/system/harden.ts';

const start = {execArgv: [], environment: {}, isDebugged: false, isExecutable: false};

let folder: string;
let loaded: string;
beforeAll(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-harden-'));
	loaded = path.join(folder, 'loaded.cjs');
	fs.writeFileSync(loaded, 'process.stdout.write("loaded ");');
});
afterAll(() => {
	fs.rmSync(folder, {recursive: true});
});

describe('an unsafe start is refused', () => {
	test.each([
		'--require',
		'-r',
		'--import',
		'--loader',
		'--experimental-loader',
		'--inspect',
		'--inspect-brk',
		'--inspect-wait',
		'--inspect-port',
		'--heapsnapshot-signal',
		'--heapsnapshot-near-heap-limit',
		'--heap-prof',
		'--cpu-prof',
		'--tls-keylog',
		'--report-on-signal',
		'--report-on-fatalerror',
		'--diagnostic-dir',
		'--permission',
		'--env-file',
		'--abort-on-uncaught-exception',
		'--openssl-config',
		'--tls-cipher-list',
		'--tls-min-v1.0',
		'--insecure-http-parser',
		'--trace-tls',
		'--prof',
		'--no-disable-sigusr1',
		'--an-option-of-the-next-node',
	])('code-from-outside: %s, on the command line and in NODE_OPTIONS, by its name and without its value', option => {
		for (const unsafe of [
			{execArgv: ['--no-warnings', `${option}=canary`]},
			{execArgv: [option, 'canary']},
			{environment: {NODE_OPTIONS: `--no-warnings ${option}=canary`}},
			{environment: {NODE_OPTIONS: `${option} canary`}},
		]) {
			const error = refusal({...start, ...unsafe});
			expect(error).toMatchObject({code: 'unsafe-process', exit: 'usage'});
			expect(error!.message.split(/[ ,]/)).toContain(option);
			expect(`${error!.message} ${error!.hint}`).not.toContain('canary');
		}
	});

	test('an option cannot hide behind underscores', () => {
		expect(refusal({...start, execArgv: ['--heapsnapshot_signal=SIGUSR2']})?.message).toContain(
			'--heapsnapshot-signal',
		);
	});

	test.each([
		['in quotes', (file: string) => `"--require" ${file}`],
		['in quotes with its value', (file: string) => `--no-warnings "--require=${file}"`],
		['half in quotes', (file: string) => `--re"quire" ${file}`],
		['behind a backslash', (file: string) => `"--re\\quire" ${file}`],
		['behind a quoted space', (file: string) => `--title="a \\" b" -r ${file}`],
	])('nor %s, where Node finds it too', (_, options) => {
		const environment = {NODE_OPTIONS: options(loaded)};
		expect(execFileSync(process.execPath, ['-p', '1'], {env: environment, encoding: 'utf8'})).toBe('loaded 1\n');
		expect(refusal({...start, environment})?.message).toMatch(/ (--require|-r), which NODE_OPTIONS holds/);
	});

	test('what looks like an option inside of a value is none', () => {
		const environment = {NODE_OPTIONS: '"--title=a --require=b"'};
		expect(execFileSync(process.execPath, ['-p', 'process.title'], {env: environment, encoding: 'utf8'})).toBe(
			'a --require=b\n',
		);
		expect(refusal({...start, environment})).toBeUndefined();
	});

	test('a hostile name cannot speak to the terminal', () => {
		const message = refusal({...start, environment: {NODE_OPTIONS: `--\u001B]0;x\u0007${'y'.repeat(500)}`}})!.message;
		expect(message).not.toMatch(/[\u0000-\u001F]/);
		expect(message.length).toBeLessThan(300);
	});

	test('in VS Code’s terminal the hint says where the option comes from', () => {
		const environment = {NODE_OPTIONS: ' --require "/x/ms-vscode.js-debug/bootloader.js" ', TERM_PROGRAM: 'vscode'};
		expect(refusal({...start, environment})?.hint).toMatch(/Toggle Auto Attach/);
		for (const other of [
			{...environment, TERM_PROGRAM: 'xterm'},
			{NODE_OPTIONS: '--permission', TERM_PROGRAM: 'vscode'},
		]) {
			expect(refusal({...start, environment: other})?.hint).toBe('Start it as env -u NODE_OPTIONS okx-keys.');
		}
	});

	test('a debugger that is open, however it was opened', () => {
		expect(refusal({...start, isDebugged: true})?.message).toMatch(/debugger is open/);
	});

	test('NODE_DEBUG: Node would print what is typed, even when the variable is deleted first', () => {
		const {stderr} = spawnSync(process.execPath, ['-e', 'delete process.env.NODE_DEBUG; process.stdin.resume()'], {
			env: {NODE_DEBUG: 'stream'},
			input: 'canary',
			encoding: 'utf8',
		});
		expect(stderr).toContain('63 61 6e 61 72 79');
		expect(refusal({...start, environment: {NODE_DEBUG: 'stream'}})?.message).toContain('NODE_DEBUG');
		expect(refusal({...start, environment: {NODE_DEBUG_NATIVE: '*'}})?.message).toContain('NODE_DEBUG_NATIVE');
		expect(refusal({...start, environment: {NODE_DEBUG: ''}})).toBeUndefined();
	});
});

test('an executable, which reads no NODE_OPTIONS, starts whatever they hold', () => {
	const environment = {NODE_OPTIONS: '--inspect --require x'};
	expect(refusal({...start, environment, isExecutable: true})).toBeUndefined();
	expect(refusal({...start, environment: {...environment, NODE_DEBUG: 'stream'}, isExecutable: true})).toBeDefined();
});

test('what people set for the sake of their machine is let through', () => {
	const options = [
		'--max-old-space-size=256',
		'--max_old_space_size=256',
		'--no-warnings',
		'--disable-warning=ExperimentalWarning',
		'--use-system-ca',
		'--dns-result-order',
		'ipv4first',
		'--disable-sigusr1',
		'--unhandled-rejections=strict',
	];
	expect(
		refusal({
			...start,
			execArgv: options,
			environment: {
				NODE_OPTIONS: options.join(' '),
				NODE_V8_COVERAGE: '/tmp/x',
				NODE_EXTRA_CA_CERTS: '/x',
				NODE_NO_WARNINGS: '1',
			},
		}),
	).toBeUndefined();
});

/** What a program says that does `before`, then hardens itself, or does not, and does `after`. */
function child({
	isHardened = true,
	before = '',
	after,
	environment = {},
}: {
	readonly isHardened?: boolean;
	readonly before?: string;
	readonly after: string;
	readonly environment?: NodeJS.ProcessEnv;
}) {
	const file = path.join(folder, 'child.mjs');
	fs.writeFileSync(
		file,
		`import fs from 'node:fs';
import {harden} from ${JSON.stringify(path.resolve('source/system/harden.ts'))};
import {readProcessState, restoreProcessState} from ${JSON.stringify(path.resolve('source/system/process-state.ts'))};
${before}
const former = readProcessState();
if (${isHardened}) harden(text => { console.error(text); });
${after}`,
	);
	const {stdout, stderr, status} = spawnSync(process.execPath, [file], {
		env: {PATH: process.env['PATH'], ...environment},
		encoding: 'utf8',
	});
	return {out: stdout, err: stderr, status};
}

describe('after harden()', () => {
	const report = {
		after:
			'console.log(JSON.stringify(process.report.getReport()), process.report.reportOnFatalError || ' +
			'process.report.reportOnSignal || process.report.reportOnUncaughtException);',
		environment: {OTHER_SECRET: 'canary'},
	};

	test('report-prints-environment: a diagnostic report has none of it', () => {
		expect(child({...report, isHardened: false}).out).toContain('canary');
		const {out} = child(report);
		expect(out).toMatch(/"nodejsVersion".* false\n$/s);
		expect(out).not.toContain('canary');
	});

	test('files are for their user alone, and those of a program that is run for a person as they were to be', () => {
		const {out} = child({
			before: 'process.umask(0o027);',
			after: `const hardened = process.umask();
restoreProcessState(former);
console.log(...[hardened, former.umask, process.umask()].map(mask => mask.toString(8)));`,
		});
		expect(out).toBe('77 27 27\n');
	});

	test.skipIf(!fs.existsSync('/proc/self/coredump_filter'))(
		'a core dump has no memory, and that of a program that is run for a person what it was to have',
		() => {
			const {out} = child({
				before: 'fs.writeFileSync("/proc/self/coredump_filter", "0x21");',
				after: `const now = () => fs.readFileSync("/proc/self/coredump_filter", "utf8").trim();
const hardened = now();
restoreProcessState(former);
console.log(hardened, former.coredumpFilter, now());`,
			});
			expect(out).toBe('00000000 0x00000021 00000021\n');
		},
	);

	test('NODE_TLS_REJECT_UNAUTHORIZED=0 is told and not obeyed; another value is not worth a word', () => {
		const after = 'console.log(process.env.NODE_TLS_REJECT_UNAUTHORIZED);';
		expect(child({after, environment: {NODE_TLS_REJECT_UNAUTHORIZED: '0'}})).toMatchObject({
			out: 'undefined\n',
			err: expect.stringMatching(/not obeyed; certificates are checked/) as string,
		});
		expect(child({after, environment: {NODE_TLS_REJECT_UNAUTHORIZED: '1'}})).toMatchObject({
			out: 'undefined\n',
			err: '',
		});
	});
});

describe.skipIf(spawnSync('openssl', ['version']).status !== 0)('man-in-the-middle', () => {
	test('NODE_TLS_REJECT_UNAUTHORIZED=0 opens a connection of Node to any server, and none of ours', () => {
		execFileSync(
			'openssl',
			[
				'req',
				'-x509',
				'-newkey',
				'ec',
				'-pkeyopt',
				'ec_paramgen_curve:prime256v1',
				'-nodes',
				'-subj',
				'/CN=localhost',
				'-keyout',
				path.join(folder, 'key.pem'),
				'-out',
				path.join(folder, 'cert.pem'),
			],
			{stdio: 'ignore'},
		);
		const talk = {
			before: `import https from 'node:https';
const [key, cert] = ['key.pem', 'cert.pem'].map(name => fs.readFileSync(${JSON.stringify(folder)} + '/' + name));`,
			after: `const server = https.createServer({key, cert}, (_, response) => response.end('hello'));
server.listen(0, 'localhost', async () => {
	const answered = fetch('https://localhost:' + server.address().port);
	console.log(await answered.then(answer => answer.text(), error => error.cause.code));
	server.closeAllConnections();
	server.close();
});`,
			environment: {NODE_TLS_REJECT_UNAUTHORIZED: '0'},
		};
		expect(child({...talk, isHardened: false}).out).toBe('hello\n');
		expect(child(talk).out).toBe('DEPTH_ZERO_SELF_SIGNED_CERT\n');
	});
});
