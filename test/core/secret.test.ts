import assert from 'node:assert';
import {Console} from 'node:console';
import {Writable} from 'node:stream';
import {format, inspect} from 'node:util';
import v8 from 'node:v8';
import {MessageChannel, receiveMessageOnPort} from 'node:worker_threads';
import {expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';

const text = 'canary-9F86D081';

/** Everything as code units, bytes and text, so that a secret is found in whatever form it got out. */
function forms(printed: string | Buffer): string {
	return Buffer.isBuffer(printed)
		? `${printed.toString('latin1')} ${printed.toString('utf16le')} ${printed.subarray(1).toString('utf16le')}`
		: printed;
}

function logged(log: (console: Console) => void): string {
	let output = '';
	const stream = new Writable({
		write(chunk: Buffer, _encoding, done) {
			output += chunk.toString();
			done();
		},
	});
	log(new Console(stream));
	return output;
}

function posted(secret: Secret): unknown {
	const {port1, port2} = new MessageChannel();
	port1.postMessage({secret});
	const message: unknown = receiveMessageOnPort(port2);
	port1.close();
	return message;
}

function compared(secret: Secret): string {
	try {
		assert.deepStrictEqual({secret}, {secret: 'something else'});
	} catch (error) {
		return inspect(error, {depth: 9, showHidden: true});
	}

	return text;
}

const everything = {depth: 99, showHidden: true, getters: true, showProxy: true};

const ways: readonly (readonly [string, (secret: Secret) => string | Buffer])[] = [
	// That mistake is what is tested.
	// oxlint-disable-next-line typescript/restrict-template-expressions, typescript/no-base-to-string
	['a template', secret => `${secret}`],
	['String()', secret => String(secret)],
	['toString()', secret => secret.toString()],
	// oxlint-disable-next-line typescript/restrict-plus-operands -- so is this one
	['concatenation', secret => 'a' + (secret as unknown as string)],
	['a list joined', secret => [secret].join(',')],
	['JSON', secret => JSON.stringify({a: [{secret}]})],
	['inspect', secret => inspect(secret)],
	['inspect of what holds it', secret => inspect({a: [new Map([['x', {secret}]])]}, everything)],
	['inspect without its own printer', secret => inspect({secret}, {...everything, customInspect: false})],
	['inspect of a proxy', secret => inspect(new Proxy(secret, {}), {...everything, customInspect: false})],
	['format', secret => format('%s %o %O %j', secret, secret, secret, secret)],
	[
		'console.log',
		secret =>
			logged(console => {
				console.log(secret, {secret}, [secret]);
			}),
	],
	[
		'console.dir',
		secret =>
			logged(console => {
				console.dir({secret}, {...everything, customInspect: false});
			}),
	],
	[
		'console.table',
		secret =>
			logged(console => {
				console.table([{secret}]);
			}),
	],
	['its own fields', secret => JSON.stringify(Object.getOwnPropertyDescriptors(secret))],
	['its entries', secret => JSON.stringify([Object.entries(secret), Object.values(secret), Reflect.ownKeys(secret)])],
	// oxlint-disable-next-line typescript/no-misused-spread -- and this one
	['a copy by spreading', secret => inspect({...secret}, everything)],
	['Object.assign', secret => inspect(Object.assign({}, secret), everything)],
	['structuredClone', secret => inspect(structuredClone({secret}), everything)],
	['a message to another thread', secret => inspect(posted(secret), everything)],
	['v8.serialize', secret => v8.serialize({secret})],
	['the cause of an error', secret => inspect(new Error('x', {cause: {secret}}), everything)],
	['a member of an error', secret => inspect(Object.assign(new Error('x'), {secret}), everything)],
	['a failed comparison', secret => compared(secret)],
];

test.each(ways)('inspect-prints-secret: %s shows none of it', (_, print) => {
	expect(forms(print(new Secret(text)))).not.toMatch(/canary|9F86D081|99,97,110/);
});

test('each of these ways shows a text that is kept in the open', () => {
	class Open {
		readonly text = text;

		toString(): string {
			return this.text;
		}
	}

	for (const [way, print] of ways) expect(forms(print(new Open() as unknown as Secret)), way).toContain('canary');
});

test('where something can be printed in its place, it is dots', () => {
	const secret = new Secret(text);
	expect([String(secret), JSON.stringify(secret), inspect(secret), format('%s', secret)]).toEqual([
		'••••••••',
		'"••••••••"',
		'Secret(••••••••)',
		'••••••••',
	]);
});

test('a secret is revealed only by asking for it, whatever is in it', () => {
	for (const each of [text, '', '\0', '漢字 🔑 é', '\uD800', 'x'.repeat(20_000)])
		expect(new Secret(each).reveal()).toBe(each);
});

test('a wiped secret is gone: it is neither revealed nor compared, and wiping again is no mistake', () => {
	const secret = new Secret(text);
	secret.wipe();
	secret.wipe();
	for (const use of [
		() => secret.reveal(),
		() => secret.equals(new Secret(text)),
		() => new Secret(text).equals(secret),
	])
		expect(use).toThrow(expect.objectContaining({code: 'locked'}));
	expect(String(secret)).toBe('••••••••');
});

test('two secrets are equal when their texts are, and only then', () => {
	expect(new Secret(text).equals(new Secret(text))).toBe(true);
	for (const other of ['', 'canary', `${text}x`, text.toLowerCase()])
		expect(new Secret(text).equals(new Secret(other))).toBe(false);
	expect(new Secret('').equals(new Secret('\0'))).toBe(false);
});
