import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {leewayMs, promisedMs} from './ending.ts';
import {test} from './journey.ts';
import {hasTmux, type Home} from './program.ts';
import type {TestVault} from './vaults.ts';

const grid = {
	apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
	secretKey: '9F86D081884C7D659A2FEAA0C55AD015',
	passphrase: `Correct-'Horse9"!`,
};
const hedge = {...grid, apiKey: '0f5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f7', secretKey: 'AF86D081884C7D659A2FEAA0C55AD01F'};

type Found = {
	readonly found: readonly {readonly path: string; readonly keys: readonly string[]; readonly part: string}[];
};

async function store(vault: TestVault, name: string, credential: object): Promise<void> {
	const added = await vault.runWith({input: JSON.stringify(credential)}, 'add', name, '--no-test');
	expect(added).toMatchObject({status: 0});
}

function write(home: Home, name: string, text: string, mode = 0o600): string {
	const file = home.file(name);
	fs.mkdirSync(path.dirname(file), {recursive: true});
	fs.writeFileSync(file, text, {mode});
	return fs.realpathSync(file);
}

describe.concurrent('scan', () => {
	test('finds the secrets of the vault in the usual places, and shows none of them', async ({home, live}) => {
		await store(live, 'grid', grid);
		await store(live, 'hedge', hedge);
		const history = write(home, '.bash_history', `ls\nokx config add-profile SK=${grid.secretKey}\n`);
		const cli = write(home, '.okx/config.toml', `secret_key = "${hedge.secretKey}"\n`, 0o644);
		const agent = write(home, '.claude.json', JSON.stringify({mcpServers: {okx: {env: {P: grid.passphrase}}}}));
		write(home, 'bots/.env', grid.secretKey);
		const {status, out, err} = await live.run('scan');
		expect(status).toBe(41);
		expect(out).toMatch(`grid             secret key  as it is    0600  ${history}:2\n`);
		expect(out).toMatch(`hedge            secret key  as it is    0644  ${cli}:1\n`);
		expect(out).toMatch(`grid and 1 more  passphrase  as in JSON  0600  ${agent}:1\n`);
		expect(out).toContain(`run chmod 600 ${cli}`);
		expect(out).not.toContain('bots');
		for (const secret of Object.values({...grid, other: hedge.secretKey})) expect(out + err).not.toContain(secret);
		// Said once by the find itself, and kept with the key until a search no longer finds it.
		expect(await live.done('show', 'hedge')).toContain('secret in plain text');
	});

	test('notes with a key what it found, and takes it away when it is gone', async ({home, live}) => {
		await store(live, 'grid', grid);
		const file = write(home, 'bot/.env', `SECRET=${grid.secretKey}\n`);
		expect((await live.run('scan', 'bot')).status).toBe(41);
		const copies = async () =>
			(await live.json<readonly {readonly findings: readonly {readonly id: string; readonly text: string}[]}[]>('list'))
				.flatMap(({findings}) => findings)
				.filter(({id}) => id === 'plain-text-copy')
				.map(({text}) => text);
		expect(await copies()).toEqual([`its secret key is in plain text in ${file}`]);
		// A search of another place, or one that leaves the file out, says nothing about it.
		write(home, 'other/a', '');
		expect((await live.run('scan', 'other')).status).toBe(0);
		expect((await live.run('scan', 'bot', '--exclude', '.env')).status).toBe(0);
		expect(await copies()).toHaveLength(1);
		fs.rmSync(home.file('bot'), {recursive: true});
		expect((await live.run('scan', 'bot', '--readonly')).status).toBe(0);
		expect(await copies()).toHaveLength(1);
		expect((await live.run('scan', 'bot')).status).toBe(0);
		expect(await copies()).toEqual([]);
	});

	test('tells an API key alone, which is no failure', async ({home, live}) => {
		await store(live, 'grid', grid);
		write(home, 'bot/log', `signed in as ${grid.apiKey}\n`);
		const {status, out} = await live.run('scan', 'bot', '--json');
		expect(status).toBe(0);
		expect((JSON.parse(out) as Found).found).toMatchObject([{keys: ['grid'], part: 'apiKey', severity: 'info'}]);
	});

	test('gives one advice for a file, by the gravest of what is in it', async ({home, live}) => {
		await store(live, 'grid', grid);
		const file = write(home, 'bot/keys.json.bak', JSON.stringify([grid, grid.passphrase], undefined, 1));
		const {out} = await live.run('scan', 'bot');
		expect(out.match(/^grid /gm)).toHaveLength(3);
		expect(out).toContain(`${file}:5 and one more line\n`);
		expect(out.split('\n\n').slice(1)).toEqual([
			`${file}\n  Delete the file: editors and scripts leave such copies behind.\n`,
		]);
	});

	test('searches for no key that was revoked', async ({home, live}) => {
		const dead = JSON.stringify([{name: 'dead', status: 'revoked', ...grid}]);
		expect((await live.runWith({input: dead}, 'import', '--no-test')).status).toBe(0);
		write(home, 'bot/.env', grid.secretKey);
		expect((await live.run('scan', 'bot')).status).toBe(0);
	});

	test('refuses a place that is not there', async ({live}) => {
		expect(await live.run('scan', 'none')).toMatchObject({
			status: 2,
			out: '',
			err: expect.stringContaining('There is no file or folder none.') as string,
		});
	});

	test('keeps the names of files from controlling the terminal', async ({home, live}) => {
		await store(live, 'grid', grid);
		write(home, 'bot/a\u001B]0;x\u0007', grid.secretKey);
		const {out, err} = await live.run('scan', 'bot');
		expect(out).toContain(String.raw`a\u{1b}]0;x\u{7}`);
		// oxlint-disable-next-line no-control-regex
		expect(out + err).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
	});

	test.skipIf(!hasTmux)('stops within 2 s of Ctrl+C with what it has found', async ({home, live, openTerminal}) => {
		await store(live, 'grid', grid);
		const file = write(home, 'a', grid.secretKey);
		const zeros = write(home, 'zeros', '');
		fs.truncateSync(zeros, 2 ** 42);
		const terminal = openTerminal({columns: 200});
		terminal.start('scan', file, zeros, ...live.opened, ';', 'echo', '"ended $?"');
		await terminal.see(/2 files, .*zeros/);
		const start = performance.now();
		terminal.press('C-c');
		await terminal.see('ended 3');
		expect(performance.now() - start).toBeLessThan(promisedMs + leewayMs);
		const shown = terminal.history();
		expect(shown).toContain(`${file}:1`);
		expect(shown).toContain('Stopped: not all places were searched.');
	});
});
