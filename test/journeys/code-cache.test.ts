import fs from 'node:fs';
import path from 'node:path';
import {describe, expect} from 'vitest';
import {test as base} from './journey.ts';

/** A command that opens a vault, and the code that it keeps in a folder of the test's own. */
const test = base.extend('kept', ({live}) => {
	const folder = live.home.file('compiled');
	const files = () =>
		fs
			.readdirSync(folder, {recursive: true, encoding: 'utf8'})
			.filter(name => path.basename(name).startsWith('core.cjs-'))
			.map(name => path.join(folder, name));
	const onlyFile = () => {
		const [file, ...others] = files();
		expect(others).toEqual([]);
		return file!;
	};
	return {
		run: async (word: string) => live.runWith({environment: {NODE_COMPILE_CACHE: folder}}, word),
		files,
		file: onlyFile,
		purposes() {
			const [heading = ''] = fs.readFileSync(onlyFile(), 'latin1').split('\n', 1);
			return (JSON.parse(heading) as {readonly purposes: unknown}).purposes;
		},
	};
});

describe.concurrent('the compiled code of a command', () => {
	test('is kept for its next start, and that of others is added', async ({kept}) => {
		const listed = await kept.run('list');
		expect(listed.status).toBe(0);
		expect(kept.purposes()).toEqual(['list']);
		const {mode, ino} = fs.statSync(kept.file());
		expect(mode & 0o777).toBe(0o600);
		expect(await kept.run('list')).toEqual(listed);
		expect(fs.statSync(kept.file()).ino).toBe(ino);
		expect(await kept.run('slots')).toMatchObject({status: 0, err: ''});
		expect(kept.purposes()).toEqual(['list', 'slots']);
	});

	test('is added to when it has not been for a day', async ({kept}) => {
		await kept.run('list');
		fs.utimesSync(kept.file(), 1, 1);
		await kept.run('list');
		expect(fs.statSync(kept.file()).mtimeMs).toBeGreaterThan(1000);
	});

	test('is not used when it is damaged, and made anew', async ({kept}) => {
		const listed = await kept.run('list');
		const whole = fs.readFileSync(kept.file());
		const half = whole.length / 2;
		const zeroed = Buffer.concat([whole.subarray(0, half), Buffer.alloc(half)]);
		for (const damaged of [zeroed, whole.subarray(0, -100), Buffer.from('{}\n'), Buffer.from('null\n')]) {
			fs.writeFileSync(kept.file(), damaged);
			expect(await kept.run('list')).toEqual(listed);
			expect(fs.statSync(kept.file()).size).toBeGreaterThan(100_000);
		}
	});

	test('of another build goes when that of this one is kept', async ({kept}) => {
		await kept.run('list');
		const file = kept.file();
		fs.renameSync(file, `${file.replace(/-[^-]*$/, '')}-0123456789abcdef`);
		await kept.run('list');
		expect(kept.files()).toEqual([file]);
	});
});
