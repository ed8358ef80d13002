import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** What is done to system calls: `rename:error=EIO:when=2`, in strace's words; several for several calls. */
type Wanted = {
	/** The calls to be shown. */
	readonly trace: readonly string[];
	readonly inject?: string;
};

/** Why calls cannot be made to fail here; undefined when they can. */
export function noStrace(): string | undefined {
	if (process.arch !== 'x64') return 'other machines have other names for the calls';
	try {
		execFileSync('strace', ['-e', 'inject=getppid:error=EPERM', '-o', '/dev/null', 'true'], {stdio: 'ignore'});
		return undefined;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ENOENT'
			? 'strace is not installed'
			: 'strace may not trace programs here';
	}
}

/**
 * Watches the main thread of a program while `work` runs, and gives the calls it made meanwhile, a line each, with
 * paths for descriptors.
 */
export async function traced(
	id: number,
	{trace, inject}: Wanted,
	work: () => Promise<void>,
): Promise<readonly string[]> {
	const folder = mkdtempSync(join(tmpdir(), 'okx-keys-strace-'));
	const output = join(folder, 'calls');
	try {
		const strace = spawn(
			'strace',
			[
				'-y',
				'-p',
				String(id),
				'-o',
				output,
				'-e',
				`trace=${trace.join()}`,
				...(inject === undefined ? [] : ['-e', `inject=${inject}`]),
			],
			{stdio: ['ignore', 'ignore', 'pipe']},
		);
		const ended = new Promise<void>(resolve => strace.on('close', () => resolve()));
		let said = '';
		await new Promise<void>((resolve, reject) => {
			strace.on('error', reject);
			strace.on('close', () => reject(new Error(`strace could not watch: ${said}`)));
			strace.stderr.setEncoding('utf8').on('data', (text: string) => {
				said += text;
				if (said.includes(' attached')) resolve();
			});
		});
		await work();
		strace.kill('SIGINT');
		await ended;
		return readFileSync(output, 'utf8').split('\n');
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}
