import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {testWith} from './journey.ts';
import {hasTmux, runShell} from './program.ts';

const test = testWith('live');

describe('the file that the keys came from', () => {
	const env = 'OKX_API_KEY=a1\nOKX_SECRET_KEY=b1\nOKX_PASSPHRASE=c1\n';

	test('stays, with a word about it, unless --shred is given', async ({vault, home}) => {
		fs.writeFileSync(home.file('bot.env'), env);
		const kept = await vault.run('import', 'bot.env', '--no-test');
		expect(kept.err).toContain('bot.env holds secrets in clear: once its keys are here, delete it.');
		expect(fs.readFileSync(home.file('bot.env'), 'utf8')).toBe(env);
		const gone = await vault.run('import', 'bot.env', '--no-test', '--shred');
		expect(gone).toMatchObject({
			status: 0,
			err: expect.stringContaining('bot.env was overwritten and deleted.') as string,
		});
		expect(gone.err).toContain(
			'An SSD, a journaled or copy-on-write file system and a backup may keep the old content',
		);
		expect(fs.existsSync(home.file('bot.env'))).toBe(false);
	});

	test('is kept while one of its keys is not in the vault, or is of another exchange', async ({vault, home}) => {
		fs.writeFileSync(home.file('bot.env'), `${env}BYBIT_API_KEY=x\n`);
		const kept = await vault.run('import', 'bot.env', '--no-test', '--shred');
		expect(kept.err).toContain('bot.env is kept, because not all of its keys are in the vault.');
		expect(fs.existsSync(home.file('bot.env'))).toBe(true);
	});

	test('is not shredded in a dry run, from a pipe, or through a link', async ({vault, home}) => {
		fs.writeFileSync(home.file('bot.env'), env);
		fs.symlinkSync('bot.env', home.file('link.env'));
		expect(await vault.run('import', 'bot.env', '--dry-run', '--shred')).toMatchObject({status: 2});
		expect(await vault.runWith({input: env}, 'import', '--no-test', '--shred')).toMatchObject({status: 2, out: ''});
		expect(await vault.run('import', 'link.env', '--no-test', '--shred')).toMatchObject({
			status: 1,
			err: expect.stringContaining('link.env was not deleted: it is a link or no plain file.') as string,
		});
		expect(fs.readFileSync(home.file('bot.env'), 'utf8')).toBe(env);
	});

	test('has copies that are named: those of editors, and the history of git', async ({vault, home}) => {
		fs.writeFileSync(home.file('bot.env'), env);
		fs.writeFileSync(home.file('bot.env~'), env);
		fs.writeFileSync(home.file('.bot.env.swp'), env);
		await runShell(home, 'git init -q . && git add bot.env');
		const {err} = await vault.run('import', 'bot.env', '--no-test');
		expect(err).toMatch(/Copies of it may be \S*bot\.env~, \S*\.bot\.env\.swp\./);
		expect(err).toContain('git tracks bot.env, so its history keeps the keys');
	});

	test.skipIf(!hasTmux)(
		'is deleted where a person at a terminal agrees, and only then',
		async ({vault, home, dialogue}) => {
			for (const [answer, isThere] of [
				['', true],
				['y', false],
			] as const) {
				fs.writeFileSync(home.file('bot.env'), env);
				const shown = await dialogue(
					['import', home.file('bot.env'), '--no-test', ...vault.opened],
					[['A program that reads it will miss it. [y/N]', answer]],
				);
				expect(shown).toContain('ended 0');
				expect(fs.existsSync(home.file('bot.env'))).toBe(isThere);
			}
		},
	);
});
