import {inspect} from 'node:util';
import {expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';

const text = 'canary-9F86D081';

test.each([
	// oxlint-disable-next-line typescript/restrict-template-expressions -- that mistake is what is tested
	['a template', (secret: Secret) => `${secret}`],
	['String()', (secret: Secret) => String(secret)],
	['JSON', (secret: Secret) => JSON.stringify({secret})],
	['inspect', (secret: Secret) => inspect({secret}, {depth: 9, showHidden: true})],
	['concatenation', (secret: Secret) => 'a' + secret.toString()],
	['its own fields', (secret: Secret) => JSON.stringify(Object.getOwnPropertyDescriptors(secret))],
	['an error that carries it', (secret: Secret) => inspect(new Error('x', {cause: secret}))],
	// oxlint-disable-next-line typescript/no-misused-spread -- so is this one
	['a copy', (secret: Secret) => JSON.stringify({...secret})],
])('inspect-prints-secret: %s shows dots', (_, print) => {
	expect(print(new Secret(text))).not.toContain('canary');
});

test('a secret is revealed only by asking for it', () => {
	expect(new Secret(text).reveal()).toBe(text);
});

test('two secrets are equal when their texts are, and only then', () => {
	expect(new Secret(text).equals(new Secret(text))).toBe(true);
	for (const other of ['', 'canary', `${text}x`, text.toLowerCase()]) expect(new Secret(text).equals(new Secret(other))).toBe(false);
	expect(new Secret('').equals(new Secret('\0'))).toBe(false);
});
