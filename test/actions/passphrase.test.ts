import crypto from 'node:crypto';
import {expect, test} from 'vitest';
import {generatePassphrase} from '../../source/actions/passphrase.ts';
import {passphraseProblem} from '../../source/core/validate.ts';

test('a generated passphrase always keeps the rules of the exchange, and never repeats', () => {
	const made = Array.from({length: 500}, () => generatePassphrase(bytes => crypto.randomBytes(bytes)).reveal());
	expect(made.filter(passphrase => passphraseProblem(passphrase))).toEqual([]);
	expect(new Set(made).size).toBe(500);
});

test('a generated passphrase survives shells, TOML and .env files unquoted', () => {
	const made = Array.from({length: 500}, () => generatePassphrase(bytes => crypto.randomBytes(bytes)).reveal()).join(
		'',
	);
	expect(made).not.toMatch(/[\s$"'`\\#&;|<>(){}[\]?%]/);
});
