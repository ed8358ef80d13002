import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {commandLine} from '../helpers/command-line.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {makeKeys} from '../helpers/sandbox-keys.ts';
import {world} from '../helpers/world.ts';

const elsewhere = storedKey({id: 'page', name: 'page', site: 'eea', credential: credentialWith({apiKey: 'page'})});

function runner(context: Context, answers: string[] = []) {
	return async (...words: readonly string[]) => {
		const asked: string[] = [];
		const {io, printed} = printing({
			json: words.includes('--json'),
			async ask(question) {
				asked.push(question);
				return answers.shift() ?? '';
			},
		});
		const end = await commandLine({context, io}, ...words).catch((error: unknown) => error);
		return {end, out: printed.out.join('\n'), note: printed.note, asked};
	};
}

const statusOf = (context: Context, name: string) => context.vault.read().keys.find(key => key.name === name)?.status;

test('several keys are frozen and thawed without a question where the exchange is not told', async () => {
	const {context} = await world({sandbox: false, keys: [elsewhere, storedKey({id: 'b', name: 'beta'})]});
	const run = runner(context);
	expect(await run('freeze', 'page', 'beta', 'page')).toEqual({
		end: 'ok',
		out: '2 of 2 keys are frozen.',
		note: ['page: status: active → frozen', 'beta: status: active → frozen'],
		asked: [],
	});
	expect(await run('freeze', 'page', 'beta')).toMatchObject({
		out: '2 of 2 keys are frozen.',
		note: ['page: nothing changes', 'beta: nothing changes'],
	});
	expect((await run('thaw', 'page', 'beta')).out).toBe('2 of 2 keys can be used again.');
	expect((await run('undo')).out).toBe('Undone: status of 2 keys.');
	expect(statusOf(context, 'beta')).toBe('frozen');
});

test('several keys are revoked once their number is typed, and the one that no API reaches says where', async () => {
	const {context} = await world({keys: [elsewhere]});
	await makeKeys(context, ['trade'], ['alpha', 'beta']);
	const run = runner(context, ['yes', '2']);
	expect(await run('revoke', 'alpha', 'beta')).toMatchObject({end: {code: 'aborted'}});
	const done = await run('revoke', 'alpha', 'beta', 'page');
	expect(done).toMatchObject({
		end: 'usage',
		out: '2 of 3 keys are no longer on the exchange.',
		asked: ['This deletes 2 keys on the exchange and cannot be undone. Type 2 to go on: '],
	});
	expect(done.note.join('\n')).toContain('alpha: status: active → revoked (to be changed on the exchange)');
	expect([statusOf(context, 'alpha'), statusOf(context, 'beta'), statusOf(context, 'page')]).toEqual([
		'revoked',
		'revoked',
		'active',
	]);
});

test('--json says what became of each key, and what is left of it', async () => {
	const {context} = await world({keys: [elsewhere]});
	await makeKeys(context, ['trade'], ['alpha', 'beta']);
	const run = runner(context);
	const frozen = await run('freeze', 'alpha', 'page', '--read-only', '--yes', '--json');
	expect(frozen.end).toBe('usage');
	expect(JSON.parse(frozen.out)).toMatchObject([
		{name: 'alpha', outcome: 'frozen', code: 0, cause: null, key: {status: 'frozen', permissions: ['read']}},
		{name: 'page', outcome: 'failed', code: 2, key: {status: 'active'}},
	]);
	const thawed = await run('thaw', 'alpha', 'beta', '--yes', '--json');
	expect(JSON.parse(thawed.out)).toMatchObject([
		{name: 'alpha', outcome: 'thawed', key: {permissions: ['read', 'trade']}},
		{name: 'beta', outcome: 'unchanged', code: 0},
	]);
	const revoked = await run('revoke', 'alpha', 'beta', '--yes', '--json');
	expect(JSON.parse(revoked.out)).toMatchObject([
		{name: 'alpha', outcome: 'revoked', key: {status: 'revoked'}},
		{name: 'beta', outcome: 'revoked'},
	]);
});
