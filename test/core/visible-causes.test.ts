import {describe, expect, test} from 'vitest';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import type {WireFailure} from '../../source/core/failures/wire-failure.ts';
import {withVisibleCauses} from '../../source/core/diagnosis/visible-causes.ts';
import {Secret} from '../../source/core/secret.ts';
import type {StoredKey} from '../../source/core/key/key.ts';
import {storedKey} from '../helpers/keys.ts';

const refused = (exchangeCode: string, message?: string): WireFailure => ({
	kind: 'code',
	exchangeCode,
	httpStatus: 401,
	host: 'x',
	...(message !== undefined && {message}),
});

function diagnosisOf(failure: WireFailure, wanted: Partial<StoredKey> = {}) {
	const key = storedKey(wanted);
	return withVisibleCauses(diagnose(failure, {site: key.site, environment: key.environment, ip: key.ip}), failure, key);
}

describe('what the program can see by itself', () => {
	test.each<[string, Partial<StoredKey['credential']>, string, string]>([
		[
			'50119',
			{apiKey: '"7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6"'},
			'The API key is in quotes.',
			'Store it without them.',
		],
		['50111', {apiKey: '7e5f0a11-2b3c'}, 'The API key was cut short', 'Copy it again, whole.'],
		['50113', {secretKey: new Secret('your-secret')}, 'The secret key is the placeholder', 'Use the real one instead.'],
		['50105', {passphrase: new Secret('"Correct-Horse9!"')}, 'The passphrase is in quotes.', 'Store it without them.'],
	])(
		'visible-cause-first: stands before the other causes of %s, and its remedy is the only one',
		(code, part, sentence, remedy) => {
			const plain = diagnose(refused(code), {site: 'global', environment: 'live', ip: []});
			const led = diagnosisOf(refused(code), {credential: {...storedKey().credential, ...part}});
			expect(led.cause.startsWith(sentence)).toBe(true);
			expect(led.cause.endsWith(plain.cause)).toBe(true);
			expect(led.fix).toBe(remedy);
			expect(led.exit).toBe(plain.exit);
		},
	);

	test('keeps the other remedies where a part is merely unlike the samples of the exchange', () => {
		const failure = refused('50119');
		const led = diagnosisOf(failure, {credential: {...storedKey().credential, apiKey: 'aB3dE5fG7h'}});
		expect(led.fix).toBe(
			`Compare it with what the page of the exchange shows. ${diagnose(failure, {site: 'global'}).fix}`,
		);
	});

	test('keeps the offer to ask other sites only while the key could be one of theirs', () => {
		expect(diagnosisOf(refused('50119')).offer).toEqual({act: 'try-sites'});
		expect(
			diagnosisOf(refused('50119'), {credential: {...storedKey().credential, apiKey: 'aB3dE5fG7h'}}).offer,
		).toEqual({act: 'try-sites'});
		expect(diagnosisOf(refused('50119'), {credential: {...storedKey().credential, apiKey: 'your-api-key'}}).offer).toBe(
			undefined,
		);
	});

	test('says nothing where the form is right, or where the refusal is about something else', () => {
		for (const failure of [refused('50119'), refused('50113'), refused('50102')])
			expect(diagnosisOf(failure)).toEqual(diagnose(failure, {site: 'global', environment: 'live', ip: []}));
		expect(
			diagnosisOf(refused('50102'), {credential: {...storedKey().credential, apiKey: 'your-api-key'}}).cause,
		).not.toContain('placeholder');
	});

	test('unseen-address-first: names a private address of the list before the refused one', () => {
		const failure = refused('50110', 'Your IP 8.8.8.8 is not included in your API key’s IP whitelist.');
		const led = diagnosisOf(failure, {ip: ['192.168.1.5']});
		expect(led.cause).toMatch(
			/^192\.168\.1\.5 in the allow-list lies inside a private network: .*8\.8\.8\.8.*\(50110\)$/,
		);
		expect(led.fix).toBe('Add 8.8.8.8 to the allow-list. A list that was just saved may take a minute.');
		expect(led.offer).toEqual({act: 'add-ip', address: '8.8.8.8'});
		expect(led.exit).toBe('ipNotAllowed');
		expect(diagnosisOf(refused('50110', 'Your IP is not included'), {ip: ['192.168.1.5']}).fix).toMatch(
			/^Declare the public address that calls leave from; a test shows it/,
		);
	});

	test('moving-address: says that calls were refused from another address before', () => {
		const lastTest = {
			at: 1,
			ok: false,
			code: 22,
			cause: '',
			latencyMs: null,
			live: null,
			refusedAddresses: ['1.1.1.1', '8.8.8.8'],
		};
		const failure = refused('50110', 'Your IP 8.8.8.8 is not included');
		expect(diagnosisOf(failure, {ip: ['9.9.9.9'], lastTest}).cause).toMatch(
			/^Earlier tests were refused from 1\.1\.1\.1: the address that calls leave from changes, or it was another machine\. .*\(50110\)$/,
		);
		expect(
			diagnosisOf(failure, {ip: ['9.9.9.9'], lastTest: {...lastTest, refusedAddresses: ['8.8.8.8']}}).cause,
		).not.toContain('Earlier');
	});
});
