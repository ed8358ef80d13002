import {execFileSync, spawn} from 'node:child_process';
import crypto from 'node:crypto';
import {once} from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import {Encrypter, generateIdentity, identityToRecipient} from 'age-encryption';
import {describe, expect} from 'vitest';
import {leewayMs, memoryOf, promisedMs, until} from './ending.ts';
import {testWith} from './journey.ts';
import {program, runShell} from './program.ts';
import type {TestVault} from './vaults.ts';

const credential = JSON.stringify({
	apiKey: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
	secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
	passphrase: ' Correct-Horse9!\n',
});
const test = testWith('live', async vault =>
	expect(
		await vault.runWith({input: credential}, 'add', 'x', '--no-test', '--site', 'http://127.0.0.1:9'),
	).toMatchObject({status: 0}),
);

describe.concurrent('an export whose reader has ended', () => {
	test('has failed, and says so: a backup that was never written is not taken for one', async ({home, vault}) => {
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
				'okx-keys: The output could not be written completely (the program that was to read it has ended); ' +
				'discard what was received.\nCheck the program or file that it goes to, then run it again.\n',
		});
	});

	test.skipIf(!fs.existsSync('/dev/full'))('has failed too where the disk is full', async ({home, vault}) => {
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

	test.skipIf(process.platform !== 'linux').for(['SIGTERM', 'SIGINT'] as const)(
		'by %s while the passphrase of an age file is being worked on ends within 2 s, and stores nothing',
		async (signal, {home, vault}) => {
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

	test.for(['SIGTERM', 'SIGINT'] as const)(
		'by %s ends with 3, says what is stored, and leaves that and no more',
		async (signal, {home, vault}) => {
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

/** A command that reads its passphrase from a pipe, and has begun to wait for it. */
async function waiting({home}: TestVault, ...words: readonly string[]) {
	const fifo = home.file('fifo');
	execFileSync('mkfifo', [fifo]);
	const pipe = fs.openSync(fifo, fs.constants.O_RDWR);
	const reader = fs.openSync(fifo, fs.constants.O_RDONLY);
	const child = spawn(process.execPath, [program, ...words, '--passphrase-fd', '0'], {
		env: home.environment,
		detached: true,
		stdio: [reader, 'pipe', 'ignore'] as const,
	});
	fs.closeSync(reader);
	// It has begun once it has opened its pipe for itself.
	const opened = () =>
		fs.readdirSync(`/proc/${child.pid}/fd`).filter(name => fs.readlinkSync(`/proc/${child.pid}/fd/${name}`) === fifo)
			.length;
	if (process.platform === 'linux') await expect.poll(opened, {timeout: 20_000}).toBe(2);
	return {child, pipe};
}

describe.concurrent('a passphrase that is read from --passphrase-fd 0', () => {
	test('is waited for', async ({vault}) => {
		const {child, pipe} = await waiting(vault, 'list', '--json');
		fs.writeSync(pipe, fs.readFileSync(vault.passphraseFile));
		fs.closeSync(pipe);
		expect(JSON.parse(await text(child.stdout!))).toMatchObject([{name: 'x'}]);
	});

	test.for([
		['list', 'SIGTERM'],
		['list', 'SIGINT'],
		['check', 'SIGTERM'],
		['check', 'SIGINT'],
	] as const)('never comes: %s waits, and %s ends it', async ([command, signal], {vault}) => {
		const {child, pipe} = await waiting(vault, command);
		try {
			child.kill(signal);
			expect(await once(child, 'close')).toEqual([null, signal]);
		} finally {
			child.kill('SIGKILL');
			fs.closeSync(pipe);
		}
	});
});
