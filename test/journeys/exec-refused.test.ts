import {describe, expect} from 'vitest';
import {exec} from './exec.ts';
import {test} from './journey.ts';
import {hasTmux} from './program.ts';

describe.concurrent('okx-keys exec', () => {
	test.for<[what: string, words: string[], status: number, told: string]>([
		['a program that is not there', ['grid', '--', 'no-such-bot'], 127, 'There is no program no-such-bot.'],
		['a path that is not there', ['grid', '--', './bot'], 127, 'There is no program ./bot.'],
		['a folder', ['grid', '--', '/tmp'], 126, '/tmp cannot be run: it is a folder.'],
		['a file that is not executable', ['grid', '--', '/etc/passwd'], 126, '/etc/passwd cannot be run: '],
		['no --', ['grid', 'env'], 2, 'exec needs a command after --.'],
		['no command', ['grid', '--'], 2, 'exec needs a command after --.'],
		['an empty command', ['grid', '--', ''], 2, 'The name of the command after -- is empty.'],
		['no name', ['--', 'env'], 2, 'exec needs a name.'],
		['an unknown flavour', ['grid', '--flavour', 'okxcli', '--', 'env'], 2, 'okxcli is not a flavour.'],
		[
			'a form without a file',
			['grid', '--format', 'env', '--', 'env'],
			2,
			'--format is the form of a file, and none is',
		],
		['an unknown key', ['gird', '--', 'env'], 10, 'There is no key called gird in this vault.'],
	])('refuses %s', async ([, words, status, told], {grid}) => {
		const refused = await exec(grid, words);
		expect(refused).toMatchObject({status, out: ''});
		expect(refused.err).toContain(`okx-keys: ${told}`);
	});

	test('says that a vault is locked where no question can be asked', async ({grid}) => {
		expect(await grid.plain('exec', 'grid', '--', 'env')).toMatchObject({
			status: 11,
			out: '',
			err: expect.stringContaining(
				'The vault is locked, and there is no terminal to ask for its passphrase.',
			) as string,
		});
	});

	test('needs leave to give a key that can withdraw', async ({grid}) => {
		await grid.add('payout', '--perm', 'read,withdraw');
		expect(await exec(grid, ['grid', 'payout', '--', 'env'])).toMatchObject({
			status: 4,
			out: '',
			err: expect.stringContaining('Give --allow-withdraw.') as string,
		});
		expect(await exec(grid, ['payout', '--allow-withdraw', '--', 'echo', 'runs'])).toMatchObject({out: 'runs\n'});
	});

	test.skipIf(!hasTmux)('asks for that leave on a terminal, and gives the terminal back', async ({grid, dialogue}) => {
		await grid.add('payout', '--perm', 'read,withdraw');
		const words = [...grid.opened, 'exec', 'payout', '--', 'sh', '-c', '"stty -a | grep -o \' echo \'; echo it runs"'];
		const question = 'payout can withdraw funds. Give it to sh? [y/N]';
		expect(await dialogue(words, [[question, '']])).toMatch(/Stopped; nothing was changed\.\s+ended 3/);
		expect(await dialogue(words, [[question, 'y']])).toMatch(/ echo\s+it runs\s+ended 0/);
	});
});
