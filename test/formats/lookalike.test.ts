import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {AppError} from '../../source/core/errors.ts';
import {json} from '../../source/formats/json.ts';
import {lookalikeOf} from '../../source/formats/lookalike.ts';

const folder = path.join(import.meta.dirname, 'fixtures/bots');

const samples: Readonly<Record<string, string>> = {
	'agent-trade-kit.config.toml': 'an OKX Trade Kit configuration',
	'ccxt.keys.local.json': 'a list of keys for ccxt',
	'compose.yaml': 'a Docker compose file',
	'cryptofeed.config.yaml': 'a cryptofeed configuration',
	'exported-crlf.env': 'a .env file',
	'freqtrade.config.json': 'a freqtrade configuration',
	'hummingbot-gateway.okx.yml': 'a connector file of the Hummingbot gateway',
	'hummingbot.okx.yml': 'values are encrypted with its password',
	'kubernetes.secret.yaml': 'a Kubernetes Secret',
	'mcp.json': 'the configuration of an MCP client',
	'octobot.user.config.json': 'an OctoBot configuration',
	'passivbot.api-keys.json': 'the API keys of passivbot',
	'python-okx.env': 'a .env file',
	'vnpy.connect_okx.json': 'a connection file of vnpy',
};

describe('a file of another program', () => {
	test('every sample is named here', () => {
		expect(fs.readdirSync(folder).toSorted()).toEqual(Object.keys(samples).toSorted());
	});

	test.each(Object.entries(samples))(
		'other-format: %s is named as %s, with what to do, and quoted nowhere',
		(name, words) => {
			const text = fs.readFileSync(path.join(folder, name), 'utf8');
			let refusal: unknown;
			try {
				json.parse(text, 'keys');
			} catch (error) {
				refusal = error;
			}

			expect(refusal).toBeInstanceOf(AppError);
			const {message, hint} = refusal as AppError;
			expect(message).toContain(words);
			expect(message).toContain('nothing was imported');
			expect(hint).toContain('okx-keys add NAME');
			expect(message + hint).not.toMatch(/0f1e2d3c|9F86D0|Horse9/);
		},
	);

	test.each([
		['-----BEGIN PGP MESSAGE-----\n\nhQ', 'is encrypted with OpenPGP'],
		['-----BEGIN OPENSSH PRIVATE KEY-----\nb3', 'is a key or certificate in PEM form, not an API key'],
		['<!DOCTYPE html><p>', 'is a web page'],
		[
			'{"format": "okx-keys-vault", "version": 1, "header": "", "mac": "", "ciphertext": ""}',
			'is a vault, not a list of keys',
		],
	])('other-file: %j is named as what it is', (text, looksLike) => {
		expect(lookalikeOf(text)?.looksLike).toBe(looksLike);
	});

	test.each(['', '[]', '{}', '3', 'Dear friend,\nhere is my list.', '{"exchange": "okx"}'])(
		'%j looks like nothing known',
		text => {
			expect(lookalikeOf(text)).toBe(undefined);
		},
	);
});
