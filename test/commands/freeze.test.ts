import {expect, test} from 'vitest';
import {createKey} from '../../source/actions/create.ts';
import {Secret} from '../../source/core/secret.ts';
import type {Context} from '../../source/actions/context.ts';
import {commandLine} from '../helpers/command-line.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

async function deskWith(context: Context): Promise<void> {
	const [main] = context.vault.read().keys;
	await createKey(context, {
		name: 'grid',
		description: '',
		type: 'api',
		permissions: ['trade'],
		ip: ['127.0.0.1'],
		passphrase: new Secret('Correct-Horse9!'),
		environment: 'live',
		target: {kind: 'sub', subAccount: 'gridbots01', using: main!.id},
	});
}

function runner(context: Context, answer = '') {
	return async (...words: readonly string[]) => {
		const {io, printed} = printing({json: words.includes('--json'), ask: async () => answer});
		const end = await commandLine({context, io}, ...words).catch((error: unknown) => error);
		return {end, out: printed.out.join('\n'), note: printed.note.join('\n')};
	};
}

test('freeze and thaw say what they did, also on the exchange, and JSON says the state', async () => {
	const {context} = await world();
	await deskWith(context);
	const run = runner(context);
	expect(await run('freeze', 'grid')).toMatchObject({end: 'ok', out: 'grid is frozen. okx-keys thaw grid undoes it.'});
	expect(await run('thaw', 'grid')).toMatchObject({end: 'ok', out: 'grid can be used again.'});
	const frozen = await run('freeze', 'grid', '--read-only', '--yes', '--json');
	expect(JSON.parse(frozen.out)).toMatchObject({
		name: 'grid',
		status: 'frozen',
		permissions: ['read'],
		freeze: {readOnly: {state: 'set', before: {live: ['read', 'trade']}}},
	});
	expect(await run('exec', 'grid', '--', 'true')).toMatchObject({
		end: {code: 'key-frozen', exit: 'frozen', hint: 'okx-keys thaw grid ends that.'},
	});
	expect(await run('test', '--all')).toMatchObject({note: '1 frozen key was not tested; --frozen tests it too.'});
	expect((await run('test', 'grid', '--frozen')).out).toContain('grid: The key works: read.');
	expect(await run('check')).toMatchObject({end: 'frozen'});
	expect(await run('thaw', 'grid', '--yes')).toMatchObject({
		out: 'grid can be used again, and has read and trade on the exchange.',
	});
	expect((await run('test', 'grid')).out).toContain('grid: The key works: read, trade.');
});

test('freeze and thaw ask before they change the exchange, and no answer is no', async () => {
	const {context} = await world();
	await deskWith(context);
	const refused = await runner(context)('freeze', 'grid', '--read-only');
	expect(refused).toMatchObject({end: {code: 'aborted'}});
	expect(context.vault.read().keys.find(({name}) => name === 'grid')).toMatchObject({status: 'active'});
	expect(await runner(context, 'y')('freeze', 'grid', '--read-only')).toMatchObject({end: 'ok'});
	expect(await runner(context)('thaw', 'grid')).toMatchObject({end: {code: 'aborted'}});
	expect(await runner(context)('thaw', 'grid', '--keep-read-only')).toMatchObject({end: 'ok'});
});
