import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readPrivateFile} from '../../source/system/user-files/private-file.ts';
import {failureOf} from '../vault/world.ts';

const isRoot = process.getuid!() === 0;
const canMount = isRoot && spawnSync('unshare', ['-m', 'true']).status === 0;
const nobody = 65_534;
let folder: string;
beforeEach(() => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-'));
});
afterEach(() => {
	fs.rmSync(folder, {recursive: true});
});

const ways = [
	['passphrase-file', '--passphrase-fd 3 3<'],
	['key-file', 'install -m 600'],
	['age-identity', 'age -d -i'],
] as const;

describe('the secret of a container that others can read', () => {
	test.skipIf(!isRoot).each(ways)(
		'mounted-secret: of root gets advice that can be followed, as a %s',
		async (code, way) => {
			const secret = path.join(folder, 'secret');
			fs.writeFileSync(secret, 'canary');
			for (const mode of [0o444, 0o644, 0o640]) {
				fs.chmodSync(secret, mode);
				const failure = await failureOf(() => readPrivateFile(secret, nobody, code));
				expect(failure).toMatchObject({
					code,
					exit: 'usage',
					message: expect.stringContaining('can be read by others') as string,
				});
				expect(failure.hint).toContain('Only root can change its mode');
				expect(failure.hint).toContain(`mode: 0400 and uid: "${nobody}"`);
				expect(failure.hint).toContain('defaultMode: 0400');
				expect(failure.hint).toContain(way);
				expect(failure.hint).not.toMatch(/chmod 600|think of|make another/);
			}
		},
	);

	test.skipIf(!canMount).each(ways)(
		'mounted-secret: on a read-only mount gets it too, also behind a link, as a %s',
		(code, way) => {
			const script = `
			import fs from 'node:fs';
			import {execFileSync} from 'node:child_process';
			import {readPrivateFile} from ${JSON.stringify(path.resolve('source/system/user-files/private-file.ts'))};
			const folder = ${JSON.stringify(folder)};
			execFileSync('mount', ['-t', 'tmpfs', 'none', folder]);
			fs.writeFileSync(folder + '/..data', 'canary', {mode: 0o444});
			fs.symlinkSync('..data', folder + '/secret');
			execFileSync('mount', ['-o', 'remount,ro', folder]);
			try {
				readPrivateFile(folder + '/secret', 0, ${JSON.stringify(code)});
			} catch (error) { console.log(error.message, error.hint); }
		`;
			const out = execFileSync('unshare', ['-m', process.execPath, '--input-type=module', '--eval', script], {
				encoding: 'utf8',
			});
			expect(out).toContain('can be read by others. It is mounted read-only, so chmod cannot help.');
			expect(out).toContain(way);
			expect(out).not.toMatch(/chmod 600|think of|make another|canary/);
		},
	);

	const groups = [
		['of its pod', 4321, 'canary'],
		['of another', 4322, 'can be read by others'],
	] as const;
	test.skipIf(!canMount).each(groups)('is read where only the group %s can read it', (_, group, told) => {
		const script = `
			import fs from 'node:fs';
			import {execFileSync} from 'node:child_process';
			import {readPrivateFile} from ${JSON.stringify(path.resolve('source/system/user-files/private-file.ts'))};
			const folder = ${JSON.stringify(folder)};
			execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=755', 'none', folder]);
			fs.writeFileSync(folder + '/secret', 'canary', {mode: 0o440});
			fs.chownSync(folder + '/secret', 0, 4321);
			execFileSync('mount', ['-o', 'remount,ro', folder]);
			process.setgroups([${group}]);
			// Root reads it in any case: what is asked is whether it would be taken.
			try {
				console.log(readPrivateFile(folder + '/secret', ${nobody}, 'key-file'));
			} catch (error) { console.log(error.message); }
		`;
		const words = ['-m', process.execPath, '--input-type=module', '--eval', script];
		expect(execFileSync('unshare', words, {encoding: 'utf8'})).toContain(told);
	});

	test('that its reader can close gets the old advice', async () => {
		const secret = path.join(folder, 'secret');
		fs.writeFileSync(secret, 'canary', {mode: 0o644});
		expect((await failureOf(() => readPrivateFile(secret, process.getuid!(), 'passphrase-file'))).hint).toMatch(
			/^Close it with chmod 600 .*, and think of a new passphrase\.$/,
		);
	});
});
