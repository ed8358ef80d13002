import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {formatOf, lookalikeOf} from '../../source/formats/recognise.ts';
import {sourceOf} from '../../source/formats/source.ts';

const folder = path.join(import.meta.dirname, 'fixtures/bots');

const samples: Readonly<Record<string, string>> = {
	'agent-trade-kit.config.toml': 'okx-cli',
	'ccxt.keys.local.json': 'ccxt',
	'compose.yaml': 'compose',
	'cryptofeed.config.yaml': 'cryptofeed',
	'exported-crlf.env': 'env',
	'freqtrade.config.json': 'freqtrade',
	'gocryptotrader.config.json': 'gocryptotrader',
	'hummingbot-gateway.okx.yml': 'hummingbot-gateway',
	'hummingbot.okx.yml': 'hummingbot',
	'kubernetes.secret.yaml': 'kubernetes',
	'mcp.json': 'mcp',
	'octobot.user.config.json': 'octobot',
	'passivbot.api-keys.json': 'passivbot',
	'python-okx.env': 'env',
	'vnpy.connect_okx.json': 'vnpy',
};

describe('a file of another program', () => {
	test('every sample is named here', () => {
		expect(fs.readdirSync(folder).toSorted()).toEqual(Object.keys(samples).toSorted());
	});

	test.each(Object.entries(samples))('other-format: %s is recognised as of the format %s', (name, format) => {
		const text = fs.readFileSync(path.join(folder, name), 'utf8');
		expect(formatOf(sourceOf(text, 'keys'))).toBe(format);
		const {looksLike, fix} = lookalikeOf(sourceOf(text, 'keys'))!;
		expect(looksLike).toMatch(/^looks like [a-z]/);
		expect(looksLike + fix).not.toMatch(/0f1e2d3c|9F86D0|Horse9/);
	});

	test.each([
		['-----BEGIN PGP MESSAGE-----\n\nhQ', 'is encrypted with OpenPGP'],
		['-----BEGIN OPENSSH PRIVATE KEY-----\nb3', 'is a key or certificate in PEM form, not an API key'],
		['<!DOCTYPE html><p>', 'is a web page'],
		['$ANSIBLE_VAULT;1.1;AES256\n3031', 'is encrypted with Ansible Vault'],
		['okx:\n  api_key: ENC[AES256_GCM,data:a]\nsops:\n  version: 3.8.1\n', 'is encrypted with SOPS'],
		['{"okx": {"apiKey": "ENC[AES256_GCM,data:a]"}, "sops": {"version": "3.8.1"}}', 'is encrypted with SOPS'],
		['OKX_API_KEY=ENC[AES256_GCM,data:a]\nsops_version=3.8.1\n', 'is encrypted with SOPS'],
		['DOTENV_PUBLIC_KEY="03a"\nOKX_API_KEY="encrypted:BJ1"\n', 'is encrypted with dotenvx'],
		['U2FsdGVkX18BAgMEBQYHCGFiYw==\n', 'is encrypted with OpenSSL'],
		['{"encrypted": true, "kdfType": 0, "data": "2.x|y|z"}', 'is encrypted by Bitwarden'],
		[
			'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\n',
			'is a Kubernetes SealedSecret, which only its cluster can decrypt',
		],
		[
			'{"format": "okx-keys-vault", "version": 1, "header": "", "mac": "", "ciphertext": ""}',
			'is a vault, not a list of keys',
		],
	])('other-file: %j is named as what it is', (text, looksLike) => {
		expect(lookalikeOf(sourceOf(text, 'keys'))?.looksLike).toBe(looksLike);
	});

	test.each([
		['[profiles]\ngrid = {api_key = "a"}\n', 'okx-cli'],
		['default_profile = "grid"\nprofiles.grid = {api_key = "a"}\n', 'okx-cli'],
		['[ profiles . "my grid" ]\napi_key = "a"\n', 'okx-cli'],
		['profiles = {grid = {api_key = "a"}}\n', 'okx-cli'],
		['[mcp_servers.okx.env]\nOKX_API_KEY = "a"\n', 'mcp'],
	])('%j is recognised as %s', (text, format) => {
		expect(formatOf(sourceOf(text, 'keys'))).toBe(format);
	});

	test.each(['', '[3]', '{}', '3', 'Dear friend,\nhere is my list.', '{"exchange": "okx"}'])(
		'%j looks like nothing known',
		text => {
			expect(lookalikeOf(sourceOf(text, 'keys'))).toBe(undefined);
		},
	);
});
