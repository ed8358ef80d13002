import {describe, expect, test} from 'vitest';
import {readBody, readEnvelope} from '../../source/exchange/http/envelope.ts';
import {workOf} from '../helpers/time.ts';
import {redactor} from '../../source/exchange/redact.ts';

const received = {host: 'openapi.okx.com', httpStatus: 200, hide: (text: string) => text.replaceAll('hunter2', '••••')};
const read = (body: unknown, httpStatus = 200) =>
	readEnvelope(typeof body === 'string' ? body : JSON.stringify(body), {...received, httpStatus});

test.each([['0'], [0]])('code %j is success', code => {
	expect(read({code, msg: '', data: [1]})).toEqual({data: [1]});
});

test.each([200, 401])('deep-answer: an answer that nests 100,000 levels deep is refused unread (HTTP %i)', status => {
	const deep = `{"code":"0","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
	expect(read(deep, status).failure).toMatchObject({
		kind: 'garbage',
		message: 'it is JSON that nests deeper than 64 levels',
	});
	expect(read(`${'{"msg":'.repeat(100_000)}"x"${'}'.repeat(100_000)}`, status).failure?.kind).toBe('garbage');
});

test('the code decides, not the HTTP status', () => {
	expect(read({code: '0', data: []}, 500)).toEqual({data: []});
	expect(read({code: '50119', msg: 'x'}, 200).failure).toMatchObject({
		kind: 'code',
		exchangeCode: '50119',
		httpStatus: 200,
	});
});

// docs/okx-api.md §1.6
test.each([
	['without data', 401, {msg: 'Invalid OK-ACCESS-KEY', code: '50111'}, '50111'],
	['with empty data', 401, {code: '50102', data: [], msg: 'expired'}, '50102'],
	['with a number for a code', 401, {msg: 'Invalid Sign', code: 50113}, '50113'],
	[
		'as an object for an unknown path',
		404,
		{code: 404, data: {}, error_code: '404', error_message: 'Not Found', detailMsg: '', msg: 'Not Found'},
		'404',
	],
	['by an item', 200, {code: '1', msg: '', data: [{sCode: '51000', sMsg: 'wrong'}]}, '51000'],
	[
		'by the second item of a success',
		200,
		{code: '0', msg: '', data: [{sCode: '0'}, {sCode: 59506, sMsg: 'gone'}]},
		'59506',
	],
	['as a whole where items have no code of their own', 200, {code: '1', msg: 'no', data: [{}]}, '1'],
])('a refusal %s', (_, status, body, code) => {
	expect(read(body, status).failure).toMatchObject({kind: 'code', exchangeCode: code, httpStatus: status});
});

test.each([[''], ['\n']])('%j is an answer with nothing in it', body => {
	expect(read(body, 502).failure).toEqual({host: 'openapi.okx.com', httpStatus: 502, kind: 'empty'});
});

test.each([
	['not json'],
	['null'],
	['[]'],
	['7'],
	['"0"'],
	['{}'],
	['{"code":null}'],
	['{"code":["0"]}'],
	['{"code":"0"'],
])('%j is not an answer of the exchange', body => {
	expect(read(body).failure?.kind).toBe('garbage');
});

test('html-page: a web page is told by its title, on one line and without its tags', () => {
	const page =
		'<!DOCTYPE html><html><head><title>Just a\n moment… \u{1B}]0;x\u{7}</title><script>steal()</script></head></html>';
	expect(read(page, 403).failure).toEqual({
		host: 'openapi.okx.com',
		httpStatus: 403,
		kind: 'web-page',
		message: 'Just a moment… \\u{1b}]0;x\\u{7}',
	});
	expect(read('<html><style>p{}</style><p>Blocked   by <b>policy</b></p>').failure?.message).toBe('Blocked by policy');
	expect(read(`<p>${'long '.repeat(100)}`).failure?.message).toHaveLength(80);
});

test('a page or a message that repeats a credential does not show it', () => {
	expect(read('<title>You sent hunter2</title>').failure?.message).toBe('You sent ••••');
	expect(read({code: '50105', msg: 'wrong: hunter2'}).failure?.message).toBe('wrong: ••••');
});

describe('credential-in-an-answer', () => {
	const key = '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6';
	const [secret, passphrase] = ['9F86D081884C7D659A2FEAA0C55AD015', 'P&ss "w<rd\'9+%!'];
	const hide = redactor([key, secret, passphrase]);
	const said = (message: string) =>
		readEnvelope(JSON.stringify({code: '50110', msg: message}), {host: 'host', httpStatus: 401, hide}).failure?.message;

	test.each([
		['the API key', key],
		['the API key in upper case', key.toUpperCase()],
		['the secret', secret],
		['the secret in lower case', secret.toLowerCase()],
		['the passphrase', passphrase],
		['the passphrase in a URL', encodeURIComponent(passphrase)],
		['the passphrase in HTML', 'P&amp;ss &quot;w&lt;rd&#39;9+%!'],
		['the passphrase in JSON', JSON.stringify(passphrase).slice(1, -1)],
		['the passphrase in Base64', Buffer.from(passphrase).toString('base64')],
	])('%s is not shown', (_, repeated) => {
		expect(said(`You sent ${repeated} to us`)).toMatch(/^You sent ••••=* to us$/);
	});

	test('another API key is masked', () => {
		expect(
			said("Your IP 203.0.113.7 is not included in your API key's b1c2d3e4-0000-4000-8000-0123456789ab IP whitelist"),
		).toBe("Your IP 203.0.113.7 is not included in your API key's b1c2••••89ab IP whitelist");
	});

	test('nothing of it is left where the text is cut', () => {
		for (let length = 150; length < 205; length++) expect(said(`${'x'.repeat(length)} ${secret}`)).not.toContain('9F8');
		expect(
			readEnvelope(`<title>${' '.repeat(16_384 - 10)}${secret}</title>`, {host: 'host', httpStatus: 200, hide}).failure
				?.message,
		).not.toContain('9F8');
	});

	test('a code that repeats it does not show it either', () => {
		expect(
			readEnvelope(JSON.stringify({code: passphrase, msg: ''}), {host: 'host', httpStatus: 200, hide}).failure
				?.exchangeCode,
		).toBe('••••');
	});
});

test('a hostile page or message of a mebibyte is read in no time', async () => {
	const bodies = [
		'<script '.repeat(131_000),
		`<${'x<'.repeat(500_000)}`,
		JSON.stringify({code: '1', msg: '👨‍👩‍👧'.repeat(100_000)}),
		JSON.stringify({message: 'x '.repeat(500_000)}),
	];
	for (const body of bodies) {
		const work = await workOf(() => {
			const hide = redactor(['hunter2hunter2']);
			expect(readEnvelope(body, {host: 'host', httpStatus: 503, hide}).failure?.message?.length).toBeLessThan(2000);
		});
		expect(work).toBeLessThan(1000);
	}
});

test('a body of exactly 1 MiB is read, one byte more is not', async () => {
	const bytes = (size: number) => new Response('x'.repeat(size)).body;
	const {signal} = new AbortController();
	expect(await readBody(bytes(1_048_576), signal)).toHaveLength(1_048_576);
	expect(await readBody(bytes(1_048_577), signal)).toBeUndefined();
	expect(await readBody(null, signal)).toBe('');
});
