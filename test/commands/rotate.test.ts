import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {createKey} from '../../source/actions/create.ts';
import {AppError} from '../../source/core/errors.ts';
import {Secret} from '../../source/core/secret.ts';
import {world as exchangeWorld} from '../exchange/helpers.ts';
import {commandLine} from '../helpers/command-line.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';
import {knock} from '../sandbox/knock.ts';

const passphrase = 'Correct-Horse9!';

function runner(context: Context, {answer, stdin = ''}: {readonly answer?: string; readonly stdin?: string} = {}) {
	return async (...words: readonly string[]) => {
		const {io, printed} = printing({
			json: words.includes('--json'),
			readStdin: async () => stdin,
			ask: async () => {
				if (answer === undefined) throw new AppError('no-tty', {what: 'an answer'});
				return answer;
			},
		});
		const end = await commandLine({context, io}, ...words).catch((error: unknown) => error);
		return {end, out: printed.out.join('\n'), note: printed.note.join('\n')};
	};
}

async function gridIn(context: Context): Promise<string> {
	const {credential} = await createKey(context, {
		name: 'grid',
		description: '',
		type: 'api',
		permissions: ['trade'],
		ip: ['127.0.0.1'],
		passphrase: new Secret(passphrase),
		environment: 'live',
		target: {kind: 'sub', subAccount: 'gridbots01', using: context.vault.read().keys[0]!.id},
	});
	return credential.apiKey;
}

test('rotate tests the new key, hands over, says who had the old one, and revokes that on demand', async () => {
	const {context} = await world();
	const before = await gridIn(context);
	await context.vault.change(content => ({
		...content,
		keys: content.keys.map(key => ({...key, uses: [{at: Date.UTC(2027, 0, 1), by: 'exec', program: 'bot.py'}]})),
	}));
	const rotated = await runner(context)('rotate', 'grid');
	expect(rotated).toMatchObject({
		end: 'ok',
		out: expect.stringContaining('okx-keys rotate grid --continue revokes the old one.'),
	});
	expect(rotated.note).toContain(
		'The old key was given to:\n  bot.py, 2027-01-01 00:00; not the new key yet\nStart the programs again',
	);
	const grid = context.vault.read().keys.find(({name}) => name === 'grid')!;
	expect(grid.lastTest).toMatchObject({ok: true});
	expect(grid.credential.apiKey).not.toBe(before);
	const old = context.vault.read().keys.find(({name}) => name === 'grid-old')!;
	expect(await context.exchange.call('config', {}, old)).toMatchObject({label: 'grid'});

	expect(await runner(context)('rotate', 'grid')).toMatchObject({end: {code: 'rotation-under-way'}});
	expect(await runner(context, {answer: 'n'})('rotate', 'grid', '--continue')).toMatchObject({
		out: expect.stringContaining('is handed over'),
	});
	const done = await runner(context, {answer: 'y'})('rotate', 'grid', '--continue', '--json');
	expect(JSON.parse(done.out)).toMatchObject({name: 'grid', step: 'done', next: null, uses: [{program: 'bot.py'}]});
	const inTrash = context.vault.read().keys.find(({trashedAt}) => trashedAt !== null)!;
	await expect(context.exchange.call('config', {}, inTrash)).rejects.toThrow('50119');
	const inUse = context.vault.read().keys.find(({name, trashedAt}) => name === 'grid' && trashedAt === null)!;
	expect(await context.exchange.call('config', {}, inUse)).toMatchObject({label: 'gridr2'});
	expect(await runner(context)('rotate', 'grid', '--continue')).toMatchObject({end: {code: 'no-rotation'}});
});

test('a new key that does not pass its test is not handed over, and is taken back', async () => {
	const {context} = await world();
	const before = await gridIn(context);
	await context.vault.change(content => ({
		...content,
		keys: content.keys.map(key => (key.name === 'grid' ? {...key, ip: ['203.0.113.7']} : key)),
	}));
	const run = runner(context);
	expect(await run('rotate', 'grid', '--yes')).toMatchObject({
		end: {code: 'replacement-fails', exit: 'ipNotAllowed', hint: expect.stringContaining('--no-test')},
	});
	const named = (name: string) => context.vault.read().keys.find(key => key.name === name && key.trashedAt === null);
	expect(named('grid')).toMatchObject({status: 'active', credential: {apiKey: before}});
	expect(await run('rotate', 'grid', '--abort', '--json')).toMatchObject({
		end: 'ok',
		out: expect.stringContaining('"step": "aborted"'),
	});
	expect(context.vault.read().operations).toBeUndefined();
	expect(named('grid-new')).toBeUndefined();
	expect(await run('rotate', 'grid', '--abort')).toMatchObject({end: {code: 'no-rotation'}});
	expect(await run('rotate', 'grid', '--abort', '--continue')).toMatchObject({end: {code: 'usage'}});
});

/** A main-account key of a real site, which is here another program's exchange, and what a person does on its page. */
async function onPage() {
	const {baseUrl, page, main} = await exchangeWorld();
	const key = storedKey({
		name: 'main',
		site: baseUrl.origin,
		permissions: ['read', 'trade'],
		ip: ['127.0.0.1'],
		credential: main,
	});
	const {context} = await world({sandbox: false, keys: [key]});
	const onKeys = async (action: string, body: Readonly<Record<string, string>>) =>
		knock(baseUrl, {method: 'POST', path: `/sandbox/page/keys${action}`, body: JSON.stringify(body), headers: page});
	const {body} = await onKeys('', {
		label: 'main2',
		passphrase,
		perm: 'read_only,trade',
		ip: '127.0.0.1',
		type: 'api',
		env: 'live',
	});
	const [made] = body['data'] as readonly [{readonly apiKey: string; readonly secretKey: string}];
	const {apiKey, secretKey} = made;
	const deleteOld = async () => onKeys('/delete', {apiKey: main.apiKey});
	return {context, apiKey, deleteOld, pasted: {apiKey, secretKey, passphrase}};
}

test('a key that no API makes is made on the page: the new one is pasted, and the old one deleted there', async () => {
	const {context, apiKey, deleteOld, pasted} = await onPage();
	const wrong = JSON.stringify({...pasted, secretKey: 'A'.repeat(32)});
	expect(await runner(context, {stdin: wrong})('rotate', 'main')).toMatchObject({end: {exit: 'authentication'}});
	expect(context.vault.read().keys).toHaveLength(1);

	const rotated = await runner(context, {stdin: JSON.stringify(pasted)})('rotate', 'main');
	expect(rotated.note).toContain('No API makes this key. Make a new one on');
	expect(rotated.note).toContain('freezes withdrawals for 24 hours');
	expect(rotated.out).toContain('main is handed over.');
	expect(context.vault.read().keys.find(({name}) => name === 'main')).toMatchObject({credential: {apiKey}});

	const finish = async () => runner(context)('rotate', 'main', '--continue', '--yes');
	expect(await finish()).toMatchObject({end: {code: 'old-key-alive'}});
	await deleteOld();
	expect(await finish()).toMatchObject({end: 'ok', out: expect.stringContaining('main is rotated')});
	expect(
		context.vault
			.read()
			.keys.map(({status}) => status)
			.toSorted(),
	).toEqual(['active', 'revoked']);
});

test('a pasted key that is taken back stays on the exchange, which is said', async () => {
	const {context, pasted} = await onPage();
	await runner(context, {stdin: JSON.stringify(pasted)})('rotate', 'main');
	const aborted = await runner(context)('rotate', 'main', '--abort');
	expect(aborted).toMatchObject({end: 'ok', out: 'main is the old key again, as it was.'});
	expect(aborted.note).toContain('The new key still works on the exchange. Delete it on');
});

test('check warns of a rotation that waits to be ended, by its own status and by that of Nagios', async () => {
	const {context} = await world();
	await gridIn(context);
	const run = runner(context);
	await run('rotate', 'grid');
	expect(await run('check')).toMatchObject({
		end: 'unfinished',
		out: expect.stringMatching(/^grid-old: work not finished: is being replaced by a new key.*\(43\)$/) as string,
	});
	const nagios = await run('check', '--nagios');
	expect(nagios.out).toMatch(/^OKX KEYS WARNING - 1 of 3 keys with warnings: grid-old \(work not finished\)/);
	await run('rotate', 'grid', '--continue', '--yes');
	expect(await run('check')).toMatchObject({end: 'ok'});
});

test('rotate --continue names who was given the new key since, and JSON says when', async () => {
	const {context} = await world();
	await gridIn(context);
	const run = runner(context);
	await run('rotate', 'grid');
	const at = Date.UTC(2027, 0, 1);
	await context.vault.change(content => ({
		...content,
		keys: content.keys.map(key => {
			if (key.name === 'grid-old')
				return {...key, uses: ['a.py', 'b.py'].map(program => ({at, by: 'exec' as const, program}))};
			return key.name === 'grid' ? {...key, uses: [{at: at + 60_000, by: 'exec' as const, program: 'a.py'}]} : key;
		}),
	}));
	expect((await run('rotate', 'grid', '--continue')).note).toContain(
		'b.py, 2027-01-01 00:00; not the new key yet\n  a.py, 2027-01-01 00:00; the new key 2027-01-01 00:01',
	);
	expect(JSON.parse((await run('rotate', 'grid', '--continue', '--yes', '--json')).out)).toMatchObject({
		users: [
			{by: 'exec', program: 'b.py', oldAt: at, newAt: null},
			{by: 'exec', program: 'a.py', oldAt: at, newAt: at + 60_000},
		],
	});
});
