import {expect, test} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {createKey} from '../../source/actions/create.ts';
import {AppError} from '../../source/core/errors.ts';
import {Secret} from '../../source/core/secret.ts';
import {processFiles} from '../../source/system/user-files/files.ts';
import {commandLine} from '../helpers/command-line.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

const passphrase = 'Correct-Horse9!';

function runner(context: Context, {answer}: {readonly answer?: string} = {}) {
	const written = new Map<string, string>();
	return async (...words: readonly string[]) => {
		const {io, printed} = printing({
			json: words.includes('--json'),
			ask: async () => {
				if (answer === undefined) throw new AppError('no-tty', {what: 'an answer'});
				return answer;
			},
			files: {
				...processFiles,
				refuseTaken(path: string) {
					if (written.has(path)) throw new AppError('file-exists', {path});
				},
				writeNew(path: string, bytes: Uint8Array) {
					written.set(path, Buffer.from(bytes).toString());
				},
			},
		});
		const end = await commandLine({context, io}, ...words).catch((error: unknown) => error);
		return {end, out: printed.out.join('\n'), note: printed.note.join('\n'), written};
	};
}

async function subKey(context: Context, name: string) {
	return createKey(context, {
		name,
		description: '',
		type: 'api',
		permissions: ['trade'],
		ip: ['127.0.0.1'],
		passphrase: new Secret(passphrase),
		environment: 'live',
		target: {kind: 'sub', subAccount: 'gridbots01', using: context.vault.read().keys[0]!.id},
	});
}

test('the only key of an account first loses all but Read, tells what the account did, and is deleted', async () => {
	const {context} = await world();
	const {id, credential} = await subKey(context, 'grid');
	const secrets = [credential.secretKey.reveal(), passphrase, credential.apiKey];
	const {end, out, note} = await runner(context)('incident', 'grid', '--yes', '--since', '2d');
	expect(end).toBe('ok');
	expect(note).toContain('grid may only read now.');
	expect(out).toContain('A thief of this key can place orders and move funds between own accounts, from 1 address');
	expect(out).toMatch(/Orders\n  Read with grid\.\n  Time \(UTC\) +Instrument/);
	expect(out).toContain('BTC-USDT');
	expect(out).toContain('Transfers with the main account\n  Read with main.');
	expect(out).toContain('Cancel the open order if it should not be there: deleting a key does not cancel it.');
	expect(context.vault.read().keys.find(key => key.id === id)).toMatchObject({
		status: 'revoked',
		incident: {step: 'done', before: {permissions: ['read', 'trade']}},
	});
	for (const secret of secrets) expect(out).not.toContain(secret);
});

test('a key is deleted at once where another one reads its account, and the report says which', async () => {
	const {context} = await world();
	await subKey(context, 'grid');
	await subKey(context, 'watch');
	const {out, note} = await runner(context)('incident', 'grid', '--yes', '--json', '--since', '80d');
	expect(note).toContain('grid is deleted on the exchange.');
	const report = JSON.parse(out);
	expect(report).toMatchObject({
		key: {name: 'grid', label: 'grid', apiKeyBegins: expect.stringMatching(/^[\da-f]{8}$/), account: {kind: 'sub'}},
		cut: {state: 'deleted', problem: null},
		could: {permissions: ['read', 'trade'], ip: ['127.0.0.1']},
		unread: null,
		related: expect.arrayContaining([
			{name: 'watch', relations: ['account', 'passphrase', 'address']},
			{name: 'main', relations: ['address']},
		]),
	});
	const kinds = report.read.map(({kind, by, isWhole, problem}: Record<string, unknown>) => ({
		kind,
		by,
		isWhole,
		problem,
	}));
	const inOrder = ['openOrders', 'withdrawals', 'transfers', 'subTransfers', 'deposits', 'fills', 'orders'];
	expect(kinds).toEqual(
		inOrder.map(kind => ({
			kind,
			by: kind === 'subTransfers' ? 'main' : 'watch',
			isWhole: true,
			problem: null,
		})),
	);
	const [, , transfers, , , fills, orders] = report.read;
	expect(orders.records.length).toBeGreaterThan(200);
	expect(fills.records.length).toBeGreaterThan(200);
	expect(orders.records[0].at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
	// The exchange lists the bills of the funding account for a month only.
	expect(Date.parse(transfers.from)).toBeGreaterThan(Date.parse(report.since));
	expect(report.requests[0]).toMatchObject({
		method: 'POST',
		path: '/api/v5/users/subaccount/delete-apikey',
		answer: '0',
	});
});

test('--report writes Markdown or JSON, and a second run reads with a key that was made since', async () => {
	const {context} = await world();
	await subKey(context, 'grid');
	const first = await runner(context)('incident', 'grid', '--yes', '--revoke-first', '--report', 'leak.md');
	const markdown = first.written.get('leak.md')!;
	expect(markdown).toMatch(/^# Suspected leak of grid\n\n- \*\*Key:\*\* deleted on the exchange\n/);
	expect(markdown).toContain('No other key of this vault reads the account of grid.');
	// What is left to do is about other keys, and not for the exchange.
	expect(first.out).toContain('[ ] Look at the orders, withdrawals and transfers');
	expect(markdown).not.toContain('What to do now');
	await subKey(context, 'look');
	const again = runner(context);
	await again('incident', 'grid', '--report', 'leak.json');
	const second = await again('incident', 'grid', '--report', 'leak.json');
	expect(second).toMatchObject({end: 'ok', note: expect.stringContaining('The whole report is in leak-2.json.')});
	const report = JSON.parse(second.written.get('leak.json')!);
	expect(report).toMatchObject({cut: {state: 'deleted'}, unread: null});
	expect(report.cut.at).toMatch(/Z$/);
	expect(report.could.permissions).toEqual(['read', 'trade']);
});

test('nothing happens until the name is typed', async () => {
	const {context} = await world();
	const {id} = await subKey(context, 'grid');
	const {end} = await runner(context, {answer: 'gird'})('incident', 'grid');
	expect(end).toMatchObject({code: 'aborted'});
	expect(context.vault.read().keys.find(key => key.id === id)).toMatchObject({status: 'active'});
});

test('a key that only the page can delete is frozen without a question, and what to click comes first', async () => {
	const {context} = await world({sandbox: false, keys: [storedKey({name: 'desk', label: 'desk', site: 'eea'})]});
	const {end, note, out} = await runner(context)('incident', 'desk');
	expect(note).toContain('log in at https://my.okx.com/account/my-api?go-live-trading=1, find desk in the list');
	expect(end).toMatchObject({code: 'incident-not-ended'});
	expect(out).toContain('still works on the exchange, as far as is known');
	expect(context.vault.read().keys[0]).toMatchObject({status: 'frozen', incident: {step: 'cutting'}});
});
