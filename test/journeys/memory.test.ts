import {execFileSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {until} from './ending.ts';
import {test as journey} from './journey.ts';
import {hasTmux, program, type Home, type Terminal} from './program.ts';
import {unlock} from './screen.ts';
import {passphrase} from './vaults.ts';

/** Where the kernel puts a core dump: a plain name is a file in the folder of the program. */
const dumps = (() => {
	try {
		const pattern = fs.readFileSync('/proc/sys/kernel/core_pattern', 'latin1').trim();
		const [limit] = execFileSync('sh', ['-c', 'ulimit -H -c'], {encoding: 'latin1'}).split('\n');
		return /^[^|/]+$/.test(pattern) && limit === 'unlimited';
	} catch {
		return false;
	}
})();

/** How often a text is in a file, however large that is. */
function countIn(file: string, text: string): number {
	const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')];
	const overlap = forms[1]!.length - 1;
	const chunk = Buffer.alloc(16 * 1024 * 1024);
	const descriptor = fs.openSync(file, 'r');
	let [found, kept] = [0, 0];
	for (;;) {
		const read = fs.readSync(descriptor, chunk, kept, chunk.length - kept, null);
		if (read === 0) break;
		const bytes = chunk.subarray(0, kept + read);
		for (const form of forms) for (let at = bytes.indexOf(form); at !== -1; at = bytes.indexOf(form, at + 1)) found++;
		const rest = bytes.subarray(-overlap);
		kept = rest.length;
		chunk.copyWithin(0, bytes.length - kept, bytes.length);
	}

	fs.closeSync(descriptor);
	return found;
}

const secret = `canary${randomBytes(12).toString('hex')}`;

/** A terminal in the home's folder, in which a program opens the vault and shows the secret of its key. */
const test = journey.extend('show', ({home, live, openTerminal}) => async (started: string): Promise<Terminal> => {
	const credentials = JSON.stringify({
		apiKey: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
		secretKey: secret,
		passphrase: 'Correct-Horse9!',
	});
	expect(await live.runWith({input: credentials}, 'add', 'bot1', '--no-test')).toMatchObject({status: 0});
	const terminal = openTerminal();
	terminal.type(`cd ${home.path} && ${started}`);
	terminal.press('Enter');
	await unlock(terminal);
	await terminal.see(/bot1/);
	terminal.press('Enter');
	await terminal.see('Secret key');
	terminal.press('v');
	await terminal.see(secret);
	return terminal;
});

describe.skipIf(!hasTmux || !dumps)(
	'core-dump (needs tmux, and a kernel that writes dumps into the folder of the program)',
	() => {
		const dumping = test.extend('dumped', ({home, show}) =>
			async (prepare: (pid: number) => void): Promise<string> => {
				const terminal = await show(`ulimit -c unlimited && ${process.execPath} ${program}`);
				const pid = terminal.programId();
				prepare(pid);
				process.kill(pid, 'SIGABRT');
				await terminal.see(/core dumped/i);
				return home.file(fs.readdirSync(home.path).find(name => name.startsWith('core'))!);
			});

		dumping('a dump of the open program has no secret in it', async ({dumped}) => {
			const core = await dumped(() => {});
			expect(fs.statSync(core).size).toBeLessThan(1024 * 1024);
			expect(countIn(core, secret)).toBe(0);
		});

		dumping('it would be there if memory were dumped', async ({dumped}) => {
			const anonymousMemory = '0x1';
			const core = await dumped(pid => {
				fs.writeFileSync(`/proc/${pid}/coredump_filter`, anonymousMemory);
			});
			expect(countIn(core, secret)).toBeGreaterThan(0);
		});
	},
);

describe.skipIf(!hasTmux)('heap-after-lock (needs tmux)', () => {
	/**
	 * The program, in a process that writes what is on its heap whenever a file asks for it: as
	 * `--heapsnapshot-signal`, which is refused.
	 */
	const observed = `import fs from 'node:fs';
import {writeHeapSnapshot} from 'node:v8';
setInterval(() => {
	if (!fs.existsSync('wanted')) return;
	writeHeapSnapshot('heap');
	fs.rmSync('wanted');
}, 100).unref();
await import(${JSON.stringify(program)});`;

	async function heap(home: Home): Promise<string> {
		fs.writeFileSync(home.file('wanted'), '');
		await until(() => !fs.existsSync(home.file('wanted')), 'what is on the heap');
		return home.file('heap');
	}

	test('a secret that was on the screen, and the passphrase that was typed, are on the heap no more', async ({
		home,
		show,
	}) => {
		fs.writeFileSync(home.file('observed.mjs'), observed);
		const terminal = await show(`${process.execPath} observed.mjs`);
		expect(countIn(await heap(home), secret)).toBeGreaterThan(0);
		terminal.press('L');
		await terminal.see('Unlock your vault');
		// What was measured for the screen is forgotten a second later.
		await expect
			.poll(
				async () => {
					const file = await heap(home);
					return [fs.statSync(file).size > 1_000_000, countIn(file, secret), countIn(file, passphrase)];
				},
				{timeout: 20_000, interval: 500},
			)
			.toEqual([true, 0, 0]);
	});
});
