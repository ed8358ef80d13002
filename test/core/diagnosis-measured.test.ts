import {expect, test} from 'vitest';
import {clockRemedies, clockServices} from '../../source/core/diagnosis/clock-service.ts';
import {diagnose} from '../../source/core/diagnosis/diagnose.ts';
import type {Measured} from '../../source/core/diagnosis/types.ts';
import type {WireFailure} from '../../source/core/failures/wire-failure.ts';
import {siteNames} from '../../source/core/settings/site-names.ts';
import {isSandboxSite} from '../../source/exchange/sites.ts';

const code = (exchangeCode: string, more: Partial<WireFailure> = {}): WireFailure => ({
	kind: 'code',
	host: 'openapi.okx.com',
	exchangeCode,
	...more,
});

// 50102, 50112: the clock

test('a measured clock is told in seconds, with its side, and how that is known', () => {
	expect(diagnose(code('50102'), {skewMs: 45_000}).cause).toBe(
		'The clock of this machine is 45 s ahead of the exchange’s, which was asked over the network at that moment; ' +
			'30 s are allowed. (50102)',
	);
	expect(diagnose(code('50102'), {skewMs: -45_400}).cause).toContain('45 s behind');
	expect(diagnose(code('50102'), {skewMs: -10_800_000}).cause).toContain('10800 s behind the exchange’s (3 h), which');
});

test('a clock that could not be measured is not said to be wrong for sure', () => {
	for (const skewMs of [undefined, null])
		expect(diagnose(code('50102'), {...(skewMs !== undefined && {skewMs})}).cause).toContain('most likely');
});

test('a clock that is right is not blamed: the call was held up', () => {
	const {cause, fix, exit} = diagnose(code('50102'), {skewMs: 400, clockService: 'chrony'});
	expect([exit, cause]).toEqual([
		'clockSkew',
		expect.stringContaining('only 0 s off now: the call was held up on its way'),
	]);
	expect(fix).not.toContain('chronyc');
});

test.each([
	['timesyncd', 'sudo timedatectl set-ntp true && sudo systemctl restart systemd-timesyncd'],
	['chrony', 'sudo chronyc makestep'],
	['ntpd', 'sudo ntpd -gq'],
	['host', 'its host'],
	['wsl', 'sudo hwclock --hctosys'],
	['macos', 'sudo sntp -sS time.apple.com'],
	['windows', 'w32tm /resync'],
	['unknown', 'install chrony'],
] as const)('what sets the clock right is told for %s', (clockService, words) => {
	expect(diagnose(code('50102'), {skewMs: 45_000, clockService}).fix).toContain(words);
	expect(diagnose(code('50112'), {clockService}).fix).toContain(words);
});

test('every way to keep a clock has its own remedy', () => {
	expect(new Set(Object.values(clockRemedies)).size).toBe(clockServices.length);
});

// 50101, 50119, 50067: the wrong place

test('a demo key that is stored as live is offered as demo, and the other way round', () => {
	expect(diagnose(code('50101'), {environment: 'live'})).toMatchObject({
		exit: 'wrongSite',
		cause: 'This is a key for demo trading, but it is stored here as a live key. (50101)',
		fix: 'Store it as demo: --env demo.',
		offer: {act: 'use-environment', environment: 'demo'},
	});
	expect(diagnose(code('50101'), {environment: 'demo'})).toMatchObject({
		cause: 'This is a key for live trading, but it is stored here as a demo key. (50101)',
		fix: 'Store it as live: --env live.',
		offer: {act: 'use-environment', environment: 'live'},
	});
	expect(diagnose(code('50101'))).not.toHaveProperty('offer');
});

test.each(['50119', '50067'])(
	'%s of a named site offers to ask the others; elsewhere there is no other to ask',
	one => {
		for (const site of siteNames) expect(diagnose(code(one), {site}).offer).toEqual({act: 'try-sites'});
		for (const site of ['sandbox', 'http://127.0.0.1:8080', 'https://localhost']) {
			expect(isSandboxSite(site)).toBe(true);
			expect(diagnose(code(one), {site})).not.toHaveProperty('offer');
		}

		expect(diagnose(code(one))).not.toHaveProperty('offer');
	},
);

// 50110: the address

const refusedFrom = (address: string, ip?: Measured['ip']) =>
	diagnose(code('50110', {message: `the address ${address} is not on the list`}), ip && {ip});

test.each([
	['203.0.113.7', 'IPv4'],
	['2001:db8::7', 'IPv6'],
])('the refused address %s is told with its family, and offered to be added', (address, family) => {
	for (const ip of [undefined, [], ['198.51.100.1', '2001:db8:1::/48']]) {
		const {exit, cause, fix, offer} = refusedFrom(address, ip);
		expect([exit, offer]).toEqual(['ipNotAllowed', {act: 'add-ip', address}]);
		expect(cause).toContain(`from ${address} (${family})`);
		expect(fix).toContain(`Add ${address} to the allow-list`);
	}
});

test('just-saved-address-added-again: whatever is declared, a list that was just saved is given its minute', () => {
	for (const ip of [undefined, [], ['198.51.100.1'], ['2001:db8::/32'], ['203.0.113.7']])
		expect(refusedFrom('203.0.113.7', ip).fix).toContain('a minute');
	expect(diagnose(code('50110', {message: 'refused'})).fix).toContain('a minute');
});

test('a refused IPv6 address comes with the way around it', () => {
	expect(refusedFrom('2001:db8::7', ['198.51.100.1', '2001:db8:1::/48']).fix).toContain('or let calls leave over IPv4');
});

test.each([
	['203.0.113.7', ['203.0.113.0/24']],
	['203.0.113.7', ['203.0.113.7']],
	['2001:db8::7', ['10.0.0.1', '2001:db8::/64']],
	['::ffff:203.0.113.7', ['203.0.113.7']],
])('an address that is declared, such as %s in %j, shows that the list on the exchange is another', (address, ip) => {
	const {cause, fix, offer} = refusedFrom(address, ip);
	expect(cause).toContain(
		'The allow-list declared here covers that, so the one on the exchange must be another, ' +
			'or it is not in force yet.',
	);
	expect(fix).toMatch(/saved a moment ago, wait a minute.*on the page of the exchange/);
	expect(offer).toBeUndefined();
});

test('a call that left over the family that is not listed is told as that', () => {
	const six = refusedFrom('2001:db8::7', ['203.0.113.7', '10.0.0.0/8']);
	expect(six.cause).toBe(
		'The call left over IPv6, from 2001:db8::7, and the allow-list declared here has IPv4 addresses only. (50110)',
	);
	expect(six.fix).toContain('--dns-result-order=ipv4first');
	expect(six.offer).toEqual({act: 'add-ip', address: '2001:db8::7'});
	const four = refusedFrom('203.0.113.7', ['2001:db8::/32']);
	expect(four.cause).toContain(
		'left over IPv4, from 203.0.113.7, and the allow-list declared here has IPv6 addresses only',
	);
	expect(four.fix).toContain('or let calls leave over IPv6');
});

test('a refusal that names no address offers none', () => {
	const {cause, offer} = diagnose(code('50110', {message: 'your IP is not included'}), {ip: ['10.0.0.1']});
	expect([cause, offer]).toEqual([
		'The address of this machine is not on the allow-list of the key. (50110)',
		undefined,
	]);
});

// The ones that other tools explain wrongly: docs/okx-api.md §6

test.each([
	['50105', /shell may have eaten a \$/, /not the password of the account/],
	['50113', /passphrase was pasted in its place/, /shell/],
	['50111', /8-4-4-4-12/, /Copy the API key again/],
	['50100', /support/, /cannot be used/],
	['50035', /Bind/, /address of this machine/],
	['50120', /permission/, /test it again/],
	['50030', /support/, /another permission of the key would most likely change nothing/],
	[
		'50124',
		/is this the account.*uid.*is the market offered.*is the market activated.*make a new key/,
		/one from before the activation lacks the right/,
	],
	['51155', /Choose a market that is offered/, /another key would change nothing/],
	['59500', /main-account key/, /main-account key/],
	['59501', /Delete one/, /not used/],
	['59502', /another name/, /another name/],
	['59506', /deleted/, /page/],
	['59510', /case sensitive/, /page/],
	['50004', /before you repeat/, /whether it was done/],
])('%s comes with the remedy that helps', (one, first, second) => {
	const {fix} = diagnose(code(one));
	expect(fix).toMatch(first);
	expect(fix).toMatch(second);
});

test('50111-told-as-a-wrong-key: what is no API key is told as that, and a key that is not known as that', () => {
	expect(diagnose(code('50111')).cause).toContain('is not an API key');
	expect(diagnose(code('50119')).cause).toContain('does not know this key');
	for (const site of ['global', 'sandbox'])
		expect(diagnose(code('50119'), {site}).fix).toContain('The secret key and the passphrase were not checked.');
});

test.each(['50111', '50119'])('%s comes with one advice, of at most two sentences', one => {
	for (const site of ['global', 'sandbox'])
		expect(diagnose(code(one), {site}).fix.match(/[.!?](\s|$)/g)?.length).toBeLessThanOrEqual(2);
	expect(diagnose(code(one), {site: 'global'}).fix.match(/\b(Copy|Check|Ask|Store)\b/g)).toHaveLength(1);
});

test('51155-blamed-on-the-key: a market that the law closes is no fault of the key', () => {
	expect(diagnose(code('51155')).cause).toContain('the key is not at fault');
});

test('50124 names the market where that is known', () => {
	expect(diagnose(code('50124', {market: 'BTC-EUR'})).cause).toBe(
		'The key has no right to trade BTC-EUR; its permissions do not show that. (50124)',
	);
	expect(diagnose(code('50124')).cause).toContain('to trade this market');
});

test.each([
	[1000, 'wait 1 s'],
	[60_000, 'wait 1 m'],
	[3_600_000, 'wait 1 h'],
])('a wait of %i ms that the exchange asks for is told in words', (retryAfterMs, words) => {
	for (const one of ['50011', '50040', '50061', '50013', '50001', '50026', '77777'])
		expect(diagnose(code(one, {retryAfterMs, httpStatus: 429})).fix).toBe(`The exchange asked us to ${words}.`);
	for (const httpStatus of [429, 503])
		expect(diagnose({kind: 'web-page', host: 'host', httpStatus, retryAfterMs}).fix).toBe(
			`The exchange asked us to ${words}.`,
		);
});
