import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {test} from './journey.ts';
import {hasTmux, run} from './program.ts';
import {passphrase} from './vaults.ts';

type Row = {
	readonly id: string;
	readonly state: string;
	readonly text: string;
	readonly fix: string | null;
	readonly code: number;
};

describe.concurrent('doctor', () => {
	test('opens nothing and changes nothing, and tells all in JSON', async ({home, live}) => {
		const before = home.files().map(({name}) => name);
		const {status, out, err} = await live.plain('doctor', '--offline', '--json');
		expect([status, err]).toEqual([0, '']);
		const rows = JSON.parse(out) as Row[];
		expect(rows.find(({id}) => id === 'vault')).toMatchObject({state: 'ok', code: 0, fix: null});
		expect(rows.find(({id}) => id === 'lock')).toMatchObject({state: 'ok'});
		expect(rows.every(({state, fix}) => (state === 'warn') === (fix !== null))).toBe(true);
		expect(home.files().map(({name}) => name)).toEqual(before);
		expect(out).not.toContain(passphrase);
	});

	test('ends with the status that other commands would end with', async ({live}) => {
		fs.chmodSync(live.path, 0o644);
		const {status, out, err} = await live.plain('doctor', '--offline');
		expect(err).toMatch(/^Problems: 1; warnings: \d+\.\n$/);
		const {status: other} = await live.run('list');
		expect(status).toBe(other);
		expect(out).toMatch(/^BAD {6}Vault .*can be read or written by other users/m);
		expect(out).toContain(`Run chmod 600 ${live.path}`);
	});

	test('names what keeps other commands from starting', async ({live}) => {
		const environment = {NODE_OPTIONS: '--heapsnapshot-signal=SIGUSR2'};
		expect((await live.runWith({environment}, 'list')).status).toBe(2);
		const {status, out} = await live.runWith({environment}, 'doctor', '--offline');
		expect(status).toBe(2);
		expect(out).toContain('--heapsnapshot-signal');
	});

	test('judges the key file that the environment names', async ({home, live}) => {
		expect(fs.existsSync(live.path)).toBe(true);
		const file = home.file('some.key');
		fs.writeFileSync(file, 'canary\n', {mode: 0o644});
		const {status, out} = await run(home, ['doctor', '--offline'], {environment: {OKX_KEYS_KEY_FILE: file}});
		expect(status).not.toBe(0);
		expect(out).toMatch(/^BAD {6}Key file /m);
		expect(out).not.toContain('canary');
	});

	test('shows no password of a proxy, and no secret of a variable', async ({live}) => {
		const environment = {HTTPS_PROXY: 'http://me:canary-word@127.0.0.1:9', OKX_SECRET_KEY: 'canary-secret'};
		for (const more of [[], ['--offline'], ['--json']]) {
			const {status, out, err} = await live.runWith({environment}, 'doctor', ...more);
			expect(status).toBe(0);
			expect(out + err).toContain('OKX_SECRET_KEY');
			expect(out + err).not.toContain('canary');
		}
	});

	test('tells which agent keeps the vault open', async ({live}) => {
		await live.done('agent', '--idle', '5m');
		try {
			const {out} = await live.plain('doctor', '--offline');
			expect(out).toMatch(/^ok {7}Agent +Process \d+ keeps one vault open\.$/m);
		} finally {
			await live.plain('agent', 'lock');
		}
	});

	test('never fails for a network that is not there', async ({live}) => {
		const {status, out} = await live.plain('doctor', '--site', 'http://127.0.0.1:9');
		expect(status).toBe(0);
		expect(out).toMatch(/^warning {2}Exchange /m);
	});

	test('of the sandbox asks nothing', async ({sandbox}) => {
		const {status, out} = await sandbox.plain('doctor');
		expect(status).toBe(0);
		expect(out).toContain('The exchange of the sandbox is in this machine.');
	});

	test.skipIf(!hasTmux)('reads the options of the tmux that it is in', async ({live, openTerminal}) => {
		const terminal = openTerminal({columns: 120, rows: 40});
		terminal.start('doctor', '--offline', '--vault', live.path);
		await terminal.see('Environment');
		expect(terminal.history()).toMatch(/tmux .*escape-time 0 ms, set-clipboard external/);
		expect(terminal.history()).toMatch(/Terminal .*120 columns and 40 rows\./);
	});
});
