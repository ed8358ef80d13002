import {expect, test} from 'vitest';
import {createSecretFilter} from '../../source/core/secret-text/filter.ts';
import {commandLine} from '../helpers/command-line.ts';
import {storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

const now = Date.now();
const secret = '9F86D081884C7D659A2FEAA0C55AD015';
const keys = [
	storedKey({
		id: '1',
		name: 'grid',
		description: `pasted by mistake: ${secret}`,
		permissions: ['read', 'trade'],
		ip: ['203.0.113.7'],
		createdAt: now,
		account: {kind: 'sub', uid: '45', subAccount: 'bots'},
		uses: [
			{at: now, by: 'exec', program: 'bot.py'},
			{at: now, by: 'copy', program: 'api-key'},
		],
	}),
	storedKey({
		id: '2',
		name: 'paper',
		environment: 'demo',
		permissions: ['read', 'withdraw'],
		createdAt: now,
		uses: [{at: now, by: 'export', program: 'env'}],
	}),
	storedKey({id: '3', name: 'gone', trashedAt: now}),
];

async function printed(...words: readonly string[]): Promise<string> {
	const {context} = await world({sandbox: false, keys});
	const {io, printed} = printing({json: words.includes('--json')});
	expect(await commandLine({context, io}, 'profiles', ...words)).toBe('ok');
	expect(printed.exact).toEqual([]);
	return printed.out.join('');
}

test('profiles tells what each key is and can do', async () => {
	expect(JSON.parse(await printed('--json'))).toMatchObject([
		{
			name: 'grid',
			environment: 'live',
			site: 'global',
			account: {kind: 'sub', uid: '45', subAccount: 'bots'},
			permissions: ['read', 'trade'],
			ip: ['203.0.113.7'],
			apiKeyMasked: '7e5f••••e5f6',
			status: 'active',
			health: {level: 'warn'},
			daysLeft: null,
			lastTest: null,
			lastGiven: {at: now, by: 'exec', program: 'bot.py'},
		},
		{name: 'paper', environment: 'demo', health: {level: 'bad'}, lastGiven: {by: 'export', program: 'env'}},
	]);
	expect(await printed()).toMatch(
		/^NAME .*\ngrid +live +global +bots +read,trade +1 .*bot\.py, (?:just now|\d+s ago)\npaper +demo .*env \(export\), /,
	);
});

test('profiles takes the words of list', async () => {
	expect(JSON.parse(await printed('env:demo', '--json'))).toMatchObject([{name: 'paper'}]);
	expect(await printed('nosuch')).toBe('');
});

test('secret-in-profiles: no form of a secret, no whole API key and no free text is printed', async () => {
	const {apiKey, secretKey, passphrase} = keys[0]!.credential;
	for (const text of [await printed(), await printed('--json')]) {
		const filter = createSecretFilter([apiKey, secretKey.reveal(), passphrase.reveal()]);
		expect(filter.push(Buffer.from(text).toString('latin1')) + filter.end()).toBe(Buffer.from(text).toString('latin1'));
		expect(text).not.toContain('pasted by mistake');
	}
});
