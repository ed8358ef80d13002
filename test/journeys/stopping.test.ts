import {execFileSync, spawn} from 'node:child_process';
import crypto from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {Encrypter, generateIdentity, identityToRecipient} from 'age-encryption';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {leewayMs, memoryOf, promisedMs, until} from './ending.ts';
import {Home, program, runShell} from './program.ts';
import {vaultIn, type TestVault} from './vaults.ts';

let home: Home;
let vault: TestVault;

beforeAll(async () => {
	home = new Home();
	vault = await vaultIn(home, 'live');
	const credential = JSON.stringify({
		apiKey: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
		secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
		passphrase: ' Correct-Horse9!\n',
	});
	expect(
		await vault.runWith({input: credential}, 'add', 'x', '--no-test', '--site', 'http://127.0.0.1:9'),
	).toMatchObject({status: 0});
});
afterAll(() => {
	home.remove();
});

describe('an export whose reader has ended', () => {
	test('has failed, and says so: nobody takes a backup that was never written for one', async () => {
		const recipient = await identityToRecipient(await generateIdentity());
		const line = (reader: string) =>
			`okx-keys export x --age-recipient ${recipient} --key-file ${vault.keyFile} | ${reader}; ` +
			`echo "\${PIPESTATUS[0]}"`;
		expect(await runShell(home, line('cat > whole.age'))).toEqual({
			status: 0,
			out: '0\n',
			err: '1 key was encrypted.\n',
		});
		expect(await runShell(home, line('true'))).toEqual({
			status: 0,
			out: '1\n',
			err:
				'okx-keys: The output could not be written whole (the program that was to read it has ended): what ' +
				'was received of it is of no use.\nLook at the program or file that it goes to, and run it again.\n',
		});
	});

	test.skipIf(!fs.existsSync('/dev/full'))('has failed too where the disk is full', async () => {
		const recipient = await identityToRecipient(await generateIdentity());
		expect(
			await runShell(
				home,
				`okx-keys export --all --age-recipient ${recipient} --key-file ${vault.keyFile} > /dev/full`,
			),
		).toMatchObject({status: 1, err: expect.not.stringContaining('encrypted') as string});
	});
});

describe('an import that is stopped', () => {
	/** An exchange that answers no key. */
	async function silent(): Promise<{
		readonly site: string;
		readonly asked: Promise<unknown>;
		readonly close: () => void;
	}> {
		const asked = Promise.withResolvers<void>();
		const server = http
			.createServer((request, response) => {
				if (request.url === '/api/v5/public/time')
					response
						.setHeader('content-type', 'application/json')
						.end(JSON.stringify({code: '0', msg: '', data: [{ts: String(Date.now())}]}));
				else asked.resolve();
			})
			.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return {
			site: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
			asked: asked.promise,
			close() {
				server.closeAllConnections();
				server.close();
			},
		};
	}

	test.skipIf(process.platform !== 'linux').each(['SIGTERM', 'SIGINT'] as const)(
		'by %s while the passphrase of an age file is being worked on ends within 2 s, and stores nothing',
		async signal => {
			const agePassphraseFile = home.passphraseFile('of the age file', 'age-passphrase');
			const encrypter = new Encrypter();
			encrypter.setPassphrase('of the age file');
			encrypter.setScryptWorkFactor(8);
			// Half a gigabyte and seconds of work, by which the file would turn out to be damaged.
			const costly = Buffer.from(await encrypter.encrypt('[]'))
				.toString('latin1')
				.replace(/(-> scrypt \S+) 8\n/, '$1 19\n');
			fs.writeFileSync(home.file('keys.age'), costly, 'latin1');
			const words = ['import', 'keys.age', '--age-passphrase-file', agePassphraseFile, ...vault.opened];
			const child = spawn(process.execPath, [program, ...words], {
				env: home.environment,
				cwd: home.path,
				detached: true,
				stdio: 'ignore',
			});
			try {
				await until(() => memoryOf(child.pid!) > 300 * 1024 * 1024, 'the passphrase is being worked on');
				const start = performance.now();
				child.kill(signal);
				expect(await once(child, 'close')).toEqual([3, null]);
				expect(performance.now() - start).toBeLessThan(promisedMs + leewayMs);
			} finally {
				child.kill('SIGKILL');
			}
		},
	);

	test.each(['SIGTERM', 'SIGINT'] as const)(
		'by %s ends with 3, says what is stored, and leaves that and no more',
		async signal => {
			const {site, asked, close} = await silent();
			const key = (name: string, more: object = {}) => ({
				name,
				site,
				apiKey: crypto.randomUUID(),
				secretKey: crypto.randomBytes(16).toString('hex').toUpperCase(),
				passphrase: `pass-${name}`,
				...more,
			});
			fs.writeFileSync(
				home.file('keys.json'),
				JSON.stringify([key(`${signal.slice(3)}-old`, {status: 'revoked'}), key('b'), key('c')]),
				{mode: 0o600},
			);
			const child = spawn(process.execPath, [program, 'import', 'keys.json', ...vault.opened], {
				env: home.environment,
				cwd: home.path,
				detached: true,
			});
			let [out, err] = ['', ''];
			child.stdout.on('data', (text: Buffer) => {
				out += text.toString();
			});
			child.stderr.on('data', (text: Buffer) => {
				err += text.toString();
			});
			try {
				await asked;
				child.kill(signal);
				expect(await once(child, 'close')).toEqual([3, null]);
				expect(out).toBe(`1. ${signal.slice(3)}-old: stored.\n`);
				expect(err).toContain('Ended after 1 of 3; what is stored stays.');
				expect((await vault.run('list', '--json')).out).toContain(`${signal.slice(3)}-old`);
				expect((await vault.run('verify')).status).toBe(0);
			} finally {
				close();
			}
		},
	);
});

test('a passphrase that is piped into --passphrase-fd 0 is waited for', async () => {
	expect(
		await runShell(home, `(sleep 0.5; cat ${vault.passphraseFile}) | okx-keys list --json --passphrase-fd 0`),
	).toMatchObject({
		status: 0,
		out: expect.stringContaining('"x"') as string,
	});
});

test.each([
	['list', 'SIGTERM'],
	['list', 'SIGINT'],
	['check', 'SIGTERM'],
	['check', 'SIGINT'],
] as const)('%s waits for a passphrase that never comes, and %s ends it', async (command, signal) => {
	const fifo = home.file(`fifo-${command}-${signal}`);
	execFileSync('mkfifo', [fifo]);
	const never = fs.openSync(fifo, fs.constants.O_RDWR);
	const child = spawn(process.execPath, [program, command, '--passphrase-fd', '0'], {
		env: home.environment,
		detached: true,
		stdio: [never, 'ignore', 'ignore'],
	});
	try {
		// It has begun to wait once it has opened its pipe for itself.
		const opened = () =>
			fs.readdirSync(`/proc/${child.pid}/fd`).filter(name => fs.readlinkSync(`/proc/${child.pid}/fd/${name}`) === fifo)
				.length;
		if (process.platform === 'linux') await expect.poll(opened, {timeout: 20_000}).toBe(2);
		child.kill(signal);
		expect(await once(child, 'close')).toEqual([null, signal]);
	} finally {
		child.kill('SIGKILL');
		fs.closeSync(never);
	}
});
