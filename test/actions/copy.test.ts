import {parseEnv} from 'node:util';
import {describe, expect, test, vi} from 'vitest';
import {holdOf} from '../../source/actions/clipboard-hold.ts';
import {copyFields, copyProblem, copyText, isSecretField} from '../../source/actions/copy.ts';
import {noteUses} from '../../source/actions/uses.ts';
import type {TestSummary} from '../../source/core/key/key.ts';
import {Secret} from '../../source/core/secret.ts';
import {fakeClipboard} from '../helpers/clipboard.ts';
import {fakeContext} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {stopTime} from '../helpers/time.ts';

const allowed = {noSecrets: false};
const key = storedKey();
const {apiKey} = key.credential;
const [secretKey, passphrase] = ['9F86D081884C7D659A2FEAA0C55AD015', 'Correct-Horse9!'];

function failed(wanted: Partial<TestSummary> = {}) {
	const lastTest: TestSummary = {
		at: 1_800_000_000_000,
		ok: false,
		code: 22,
		cause: 'The exchange refuses this address.',
		latencyMs: 31,
		live: null,
		exchangeCode: '50110',
		refusedAddresses: ['198.51.100.9', '203.0.113.7'],
		...wanted,
	};
	return storedKey({lastTest});
}

describe('what is copied of a key', () => {
	test('is each part of its credential, as it is', () => {
		expect([
			copyText(allowed, key, 'api-key'),
			copyText(allowed, key, 'secret-key'),
			copyText(allowed, key, 'passphrase'),
		]).toEqual([apiKey, secretKey, passphrase]);
	});

	test('is all three as .env and as JSON', () => {
		expect(parseEnv(copyText(allowed, key, 'env'))).toEqual({
			OKX_API_KEY: apiKey,
			OKX_SECRET_KEY: secretKey,
			OKX_PASSPHRASE: passphrase,
		});
		expect(JSON.parse(copyText(allowed, key, 'json'))).toEqual({apiKey, secretKey, passphrase});
	});

	test('is no .env that its readers would not agree on', () => {
		const odd = storedKey({credential: {...key.credential, passphrase: new Secret(`a'b"c$d`)}});
		expect(() => copyText(allowed, odd, 'env')).toThrow(/OKX_PASSPHRASE cannot be written/);
		expect(JSON.parse(copyText(allowed, odd, 'json'))).toMatchObject({passphrase: `a'b"c$d`});
	});

	test('is the link to the page of its site and environment', () => {
		const demo = storedKey({site: 'eea', environment: 'demo'});
		expect(copyText(allowed, demo, 'link')).toBe('https://my.okx.com/account/my-api?go-demo-trading=1');
		expect(() => copyText(allowed, storedKey({site: 'sandbox'}), 'link')).toThrow(/sandbox has no page/);
	});

	test('is the last address that the exchange has refused', () => {
		expect(copyText(allowed, failed(), 'address')).toBe('203.0.113.7');
		expect(() => copyText(allowed, key, 'address')).toThrow(/has named no address/);
	});

	test('is the failure of the last test as text, in which no secret is, even where the exchange repeats one', () => {
		const cause = `Bad key ${apiKey}, ${secretKey.toLowerCase()}, ${passphrase}.\u001B[2J`;
		const text = copyText(allowed, failed({cause}), 'failure');
		expect(text).toMatch(/^The live test of the OKX API key bot1 failed\.\nBad key /);
		expect(text).toMatch(/Code of the exchange: 50110\nExit status of okx-keys: 22\nSite: global, live\n/);
		expect(text).toMatch(/Refused address: 203\.0\.113\.7\nTime: 2027-01-15T08:00:00\.000Z$/);
		for (const secret of [apiKey, secretKey, passphrase])
			expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
		expect(text).not.toContain('\u001B');
	});

	test('is no failure where there is none', () => {
		expect(() => copyText(allowed, key, 'failure')).toThrow(/never tested/);
		expect(() => copyText(allowed, failed({ok: true}), 'failure')).toThrow(/did not fail/);
	});

	test('secret-copied-under-no-secrets: is no secret under --no-secrets', () => {
		const strict = {noSecrets: true};
		const tested = failed();
		for (const field of copyFields) {
			if (isSecretField(field)) {
				expect(() => copyText(strict, tested, field)).toThrow(/No secret is shown here/);
				expect(copyProblem(strict, tested, field)).toMatch(/--no-secrets/);
			} else {
				const text = copyText(strict, tested, field);
				for (const secret of [apiKey, secretKey, passphrase]) expect(text).not.toContain(secret);
			}
		}

		expect(copyFields.filter(field => !isSecretField(field))).toEqual(['link', 'address', 'failure']);
	});
});

describe('what was copied', () => {
	function held() {
		stopTime();
		const {clipboard, events} = fakeClipboard();
		return {events, hold: holdOf(clipboard, () => Date.now())};
	}

	test('is cleared after its time, once, and the time that is left is known', () => {
		const {events, hold} = held();
		hold.put('one', 30_000);
		vi.advanceTimersByTime(29_999);
		expect(events).toEqual(['one']);
		expect(hold.msLeft()).toBe(1);
		vi.advanceTimersByTime(1);
		expect(events).toEqual(['one', 'cleared']);
		hold.clear();
		expect(events).toEqual(['one', 'cleared']);
		expect(hold.msLeft()).toBeUndefined();
	});

	test('starts its time anew when something else is copied', () => {
		const {events, hold} = held();
		hold.put('one', 30_000);
		vi.advanceTimersByTime(20_000);
		hold.put('two', 30_000);
		vi.advanceTimersByTime(29_999);
		expect(events).toEqual(['one', 'two']);
		vi.advanceTimersByTime(1);
		expect(events).toEqual(['one', 'two', 'cleared']);
	});

	test('is left alone by the clearing of what it has replaced, where it is no secret', () => {
		const {events, hold} = held();
		hold.put('secret', 30_000);
		hold.put('link');
		vi.advanceTimersByTime(60_000);
		hold.clear();
		expect(events).toEqual(['secret', 'link']);
	});

	test('without a clipboard, nothing is', () => {
		expect(() => holdOf(undefined, () => 0).put('one', 1000)).toThrow(/no clipboard can be reached/);
	});
});

test('of each part the last copy is noted, and no program is pushed out of the list by them', async () => {
	const bots = Array.from({length: 18}, (_, index) => ({at: index, by: 'exec', program: `bot${index}.py`}) as const);
	const {context} = fakeContext({keys: [storedKey({uses: bots})]});
	for (const part of ['api-key', 'secret-key', 'api-key', 'secret-key', 'api-key'])
		await noteUses(context, [storedKey()], 'copy', part);
	expect(context.vault.read().keys[0]!.uses!.map(({program}) => program)).toEqual([
		...bots.map(({program}) => program),
		'secret-key',
		'api-key',
	]);
});
