import fs from 'node:fs';
import {generateX25519Identity, identityToRecipient} from 'age-encryption';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {hasTmux, Home, runAny, Terminal, type Run, type RunOptions} from '../journeys/program.ts';
import {hasPty, RawTerminal} from '../journeys/raw-terminal.ts';

/** The program in one of the forms in which people get it. */
export type Installation = {
	/** What starts it. */
	readonly command: readonly [file: string, ...words: string[]];
	/** Where it finds other programs. */
	readonly searched: string;
	/** Whether a shell before it notes which signals are ignored. */
	readonly keepsIgnoredSignals: boolean;
	/** Whether it runs on a Node of its own, which reads no NODE_OPTIONS. */
	readonly hasOwnNode: boolean;
	/** Whether the system runs its file itself, so that it can start itself again. */
	readonly isNative: boolean;
};

const {version} = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {readonly version: string};

const passphrase = 'the passphrase of a new vault';

/** What is true of the program however it came here. It has an empty home, and only the sandbox’s exchange. */
export function endToEnd({command, searched, keepsIgnoredSignals, hasOwnNode, isNative}: Installation): void {
	const home = Home.alone();
	const [keyFile, liveKeyFile, exported] = [home.file('key'), home.file('live.key'), home.file('keys.age')];
	const [file, ...first] = command;
	const environment = {PATH: searched};
	const run = async (words: readonly string[], options: RunOptions = {}): Promise<Run> =>
		runAny(home, file, [...first, ...words], {...options, environment: {...environment, ...options.environment}});
	const inVault = async (words: readonly string[], options?: RunOptions) =>
		run(['--sandbox', '--key-file', keyFile, ...words], options);
	/** In the vault for real keys, of which the exchange is never asked. */
	const inLiveVault = async (words: readonly string[], options?: RunOptions) =>
		run(['--key-file', liveKeyFile, ...words], options);
	const done = async (words: readonly string[], options?: RunOptions): Promise<string> => {
		const {status, out, err} = await inVault(words, options);
		expect({words, status, err}).toMatchObject({status: 0});
		return out;
	};

	/** Three parts that the sandbox's exchange knows and the vault does not. */
	async function credential(): Promise<Record<'apiKey' | 'secretKey' | 'passphrase', string>> {
		await done(['create', 'made']);
		const {apiKey, secretKey, passphrase} = JSON.parse(await done(['show', 'made', '--reveal', '--json'])) as Awaited<
			ReturnType<typeof credential>
		>;
		await done(['remove', 'made', '--yes']);
		return {apiKey, secretKey, passphrase};
	}

	async function makeVault(globals: readonly string[], keyFile: string): Promise<void> {
		const made = await run([...globals, 'init', '--json', '--passphrase-file', home.passphraseFile(passphrase)]);
		expect(made).toMatchObject({status: 0});
		const {recoveryKey} = JSON.parse(made.out) as {readonly recoveryKey: string};
		const opener = ['--passphrase-file', home.passphraseFile(recoveryKey, 'recovery')];
		expect(await run([...globals, 'add-slot', 'key-file', '--file', keyFile, ...opener])).toMatchObject({status: 0});
	}

	beforeAll(async () => {
		await makeVault(['--sandbox'], keyFile);
		await makeVault([], liveKeyFile);
		const input = JSON.stringify(await credential());
		await done(['add', 'grid', '--perm', 'read', '--type', 'api'], {input});
		expect(await inLiveVault(['add', 'grid', '--no-test'], {input})).toMatchObject({status: 0});
	});
	afterAll(async () => {
		await run(['agent', 'lock']);
		home.remove();
	});

	test('says its version, and helps', async () => {
		expect(await run(['--version'])).toEqual({status: 0, out: `${version}\n`, err: ''});
		expect(await run(['help', 'test'])).toMatchObject({
			status: 0,
			out: expect.stringMatching(/^Usage: okx-keys test /) as string,
			err: '',
		});
	});

	test('lists a key that came from standard input, and tests it on the exchange', async () => {
		expect(JSON.parse(await done(['list', '--json']))).toMatchObject([{name: 'grid'}, {name: 'main'}]);
		expect(JSON.parse(await done(['test', 'grid', '--json']))).toMatchObject([
			{name: 'grid', ok: true, live: {permissions: ['read']}},
		]);
		expect(await inVault(['show', 'no-such-key'])).toMatchObject({status: 10});
	});

	test('gives it to a program', async () => {
		const script = 'echo "$OKX_API_KEY"; env; exit 7';
		const {status, out} = await inLiveVault(['exec', 'grid', '--flavour', 'okx-cli', '--', 'sh', '-c', script]);
		expect(status).toBe(7);
		expect(out).toMatch(/^[\da-f-]{36}\n/);
		expect(out).toMatch(/^OKX_SECRET_KEY=.+$/m);
		expect(out).not.toContain('OKX_KEYS_');
	});

	test.runIf(keepsIgnoredSignals)('which goes on ignoring what was ignored before, as under nohup', async () => {
		const words = [...command, '--key-file', liveKeyFile, 'exec', 'grid', '--'].map(word => `'${word}'`);
		const line = `trap '' HUP; ${words.join(' ')} sh -c 'kill -HUP $$; echo lives'`;
		expect(await runAny(home, 'sh', ['-c', line], {environment})).toMatchObject({status: 0, out: 'lives\n'});
	});

	test.runIf(isNative)('keeps the vault open in an agent, until it is told to lock', async () => {
		await done(['agent']);
		expect(await run(['--sandbox', 'list'])).toMatchObject({status: 0, out: expect.stringContaining('grid') as string});
		expect(await run(['agent', 'lock'])).toMatchObject({status: 0});
		expect(await run(['--sandbox', 'list'])).toMatchObject({status: 11});
	});

	test('writes its keys into an age file, and reads them back', async () => {
		const identity = await generateX25519Identity();
		const identityFile = home.passphraseFile(identity, 'identity');
		await done(['export', 'grid', '--age-recipient', await identityToRecipient(identity), '--output', exported]);
		expect(fs.readFileSync(exported, 'latin1')).toMatch(/^age-encryption\.org\/v1\n/);
		const {status, out, err} = await inVault(['import', exported, '--identity', identityFile, '--dry-run']);
		expect({status, told: out + err}).toMatchObject({told: expect.stringContaining('grid') as string});
	});

	test('runs no code that NODE_OPTIONS name', async () => {
		const code = home.file('code.cjs');
		fs.writeFileSync(code, 'require("node:fs").writeFileSync(`${__filename}.ran`, "");');
		const {status} = await inVault(['list'], {environment: {NODE_OPTIONS: `--require=${code}`}});
		expect({status, hasRun: fs.existsSync(`${code}.ran`)}).toEqual(
			hasOwnNode ? {status: 0, hasRun: false} : {status: 2, hasRun: true},
		);
	});

	test('starts where Node would end, of a proxy that it cannot read', async () => {
		for (const told of [{NODE_USE_ENV_PROXY: '1'}, {NODE_OPTIONS: '--use-env-proxy'}])
			expect(
				await inVault(['list'], {environment: {HTTPS_PROXY: 'http://bob:s3c#retpw@127.0.0.1:7890', ...told}}),
			).toMatchObject({status: 0, err: ''});
	});

	test.runIf(hasPty && isNative)('asks for the passphrase before the program itself begins', async () => {
		const terminal = new RawTerminal(home, [], {command, environment});
		try {
			await terminal.writes('Unlock your vault');
			const [before] = terminal.written.split('Unlock your vault');
			await terminal.type('\u0003');
			expect(await terminal.ended()).toBe(0);
			// What Ink asks of every terminal before its first frame.
			expect(before).not.toContain('\u001B[?u');
		} finally {
			terminal.close();
		}
	});

	test.runIf(hasTmux)('draws the full screen, and ends', async () => {
		const terminal = new Terminal(home, {columns: 100, rows: 30, environment});
		try {
			terminal.type(`${command.join(' ')} --sandbox; echo "status $?"`);
			terminal.press('Enter');
			await terminal.see('› Passphrase');
			terminal.type(passphrase);
			terminal.press('Enter');
			await terminal.see(/grid +R--/);
			terminal.press('q');
			await terminal.see('status 0');
		} finally {
			terminal.close();
		}
	});
}
