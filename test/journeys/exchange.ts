import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {test as journey} from './journey.ts';
import {program} from './program.ts';

/** What the first line of an exchange tells. */
export type Seed = {
	readonly baseUrl: string;
	readonly apiKey: string;
	readonly secretKey: string;
	readonly passphrase: string;
	readonly pageToken: string;
};

export type Exchange = {
	readonly child: ChildProcess;
	readonly seed: Seed;
	/** All lines that it has printed so far. */
	readonly lines: readonly string[];
};

/** A test that starts exchanges in processes of their own, which end with it. */
export const test = journey.extend('startExchange', ({home}, {onCleanup}) => {
	const children: ChildProcess[] = [];
	onCleanup(() => {
		for (const child of children) child.kill('SIGKILL');
	});
	return async (...words: readonly string[]): Promise<Exchange> => {
		const child = spawn(process.execPath, [program, 'sandbox', ...words], {
			// It promises to leave no file behind, so it has no other place either for what Node compiles.
			env: {...home.environment, NODE_COMPILE_CACHE: undefined},
			stdio: ['ignore', 'pipe', 'inherit'] as const,
		});
		children.push(child);
		const [first] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
		const lines = first.trim().split('\n');
		child.stdout.on('data', (more: string) => {
			lines.push(more);
		});
		return {child, seed: JSON.parse(lines[0]!) as Seed, lines};
	};
});

/** What `add` reads of the key that an exchange comes with. */
export function credentialOf({apiKey, secretKey, passphrase}: Seed): string {
	return JSON.stringify({apiKey, secretKey, passphrase});
}
