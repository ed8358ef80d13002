import * as fc from 'fast-check';
import {parse} from 'smol-toml';
import {describe, expect, test} from 'vitest';
import {okxCli} from '../../source/formats/bots/okx-cli.ts';
import {sourceOf} from '../../source/formats/source.ts';
import {credentialWith, printable} from '../helpers/keys.ts';

/** In none of TOML’s quotes as it is. */
const hard = `it's "$\\ \`é`;
const grid = printable({name: 'grid', site: 'eea', environment: 'demo'});
const told = {
	api_key: '7e5f0a11-2b3c-4d5e-8f90-a1b2c3d4e5f6',
	secret_key: '9F86D081884C7D659A2FEAA0C55AD015',
	passphrase: 'Correct-Horse9!',
};

async function merged(text: string, key = grid, isForced = false): Promise<string> {
	return okxCli.merge!(sourceOf(text, 'config.toml'), [key], isForced);
}

const owners = `# my keys
default_profile = "main" # live!

[profiles.main]
api_key = "another"   # from the page
secret_key = 'S'
passphrase = '''it's'''
timeout_ms = 9000

[other]
list = [
  1,
]
`;

test('a new file has a default profile, and says of each whether it is demo', async () => {
	expect(okxCli.print!([grid, printable({name: 'my live key', site: 'tr'})])).toBe(`default_profile = "grid"

# Written by okx-keys (export)
[profiles.grid]
api_key = "${told.api_key}"
secret_key = "${told.secret_key}"
passphrase = "${told.passphrase}"
demo = true
site = "eea"

# Written by okx-keys (export)
[profiles."my live key"]
api_key = "${told.api_key}"
secret_key = "${told.secret_key}"
passphrase = "${told.passphrase}"
demo = false
site = "global"
base_url = "https://tr.okx.com"
`);
});

test('a profile is put into a file, whose every line stays', async () => {
	const text = await merged(owners);
	expect(text.startsWith(owners)).toBe(true);
	expect(parse(text)).toMatchObject({
		default_profile: 'main',
		profiles: {main: {timeout_ms: 9000}, grid: {...told, demo: true, site: 'eea'}},
	});
	expect(await merged(text)).toBe(text);
});

describe('a profile of the same name', () => {
	test('is replaced where export has written it, with all else in it kept', async () => {
		const ours = (await merged(owners)).replace(
			'demo = true',
			'demo = true # careful\nproxy_url = "http://127.0.0.1:1"',
		);
		const rotated = printable({
			name: 'grid',
			site: 'tr',
			credential: credentialWith({apiKey: 'new', passphrase: hard}),
		});
		const text = await merged(ours, rotated);
		expect(text).toContain('demo = false # careful\nproxy_url = "http://127.0.0.1:1"\n');
		expect(text.startsWith(owners)).toBe(true);
		expect(parse(text)['profiles']).toMatchObject({
			grid: {
				api_key: 'new',
				passphrase: hard,
				demo: false,
				site: 'global',
				base_url: 'https://tr.okx.com',
				proxy_url: 'http://127.0.0.1:1',
			},
		});
		expect(parse(await merged(text, grid))['profiles']).toMatchObject({grid: {...told, demo: true, site: 'eea'}});
		// An address that is left over would beat the site.
		expect(merged(text, grid)).not.toContain('base_url');
	});

	test('is replaced where it has the same key, and only by force where it has another', async () => {
		const main = printable({name: 'main'});
		await expect(merged(owners, main)).rejects.toThrow(
			expect.objectContaining({
				code: 'not-mergeable',
				message: 'config.toml has a profile main with another key; it was left as it is.',
				hint: 'Rename one of them, or replace it with --force.',
			}),
		);
		const forced = await merged(owners, main, true);
		expect(forced).toContain(`api_key = "${told.api_key}"   # from the page\n`);
		expect(parse(forced)).toMatchObject({profiles: {main: {...told, timeout_ms: 9000, demo: false}}});
		const same = owners.replace('"another"', `"${told.api_key}"`);
		expect(parse(await merged(same, main))).toMatchObject({profiles: {main: told}});
	});

	test('is found by a name in quotes, and with line ends of Windows', async () => {
		const text = '[profiles."a b"] # x\r\napi_key = \'old\'\r\n# end\r\n';
		const key = printable({name: 'a b'});
		const replaced = await merged(text, key, true);
		expect(parse(replaced)).toMatchObject({profiles: {'a b': told}});
		expect(replaced.replaceAll('\r\n', '')).not.toContain('\n');
		expect(replaced).toContain('# end\r\n');
	});
});

test.each([
	['profiles in one line', 'profiles = {grid = {api_key = "a"}}\n'],
	['dotted members', 'profiles.grid.api_key = "a"\n'],
	['members in quotes', '[profiles.grid]\n"api_key" = "a"\n'],
	['a value over several lines', '[profiles.grid]\napi_key = """\na"""\n'],
	['a header in a text', 'note = """\n[profiles.grid]\n"""\nprofiles.grid.api_key = "a"\n'],
])('a file with %s is refused rather than spoilt', async (_, text) => {
	await expect(merged(text, grid, true)).rejects.toThrow(
		expect.objectContaining({
			message: 'config.toml is written in a way that the profile grid cannot be put in safely; it was left as it is.',
			hint: 'Put it in by hand: okx-keys export grid --format okx-cli --reveal prints it.',
		}),
	);
});

test('a number beyond those that JavaScript counts is no fault of a file', async () => {
	const text = `[profiles.main]\nuid = 643012345678901234\napi_key = "a"\nsecret_key = "b"\npassphrase = "c"\n`;
	expect(await okxCli.parse!(sourceOf(text, 'config.toml'))).toMatchObject([{name: 'main'}]);
	const put = await merged(text);
	expect(put.startsWith(text)).toBe(true);
	expect(parse(put, {integersAsBigInt: 'asNeeded'})['profiles']).toMatchObject({grid: told});
});

test('10,000 profiles are put into a file in linear time, and again', async () => {
	const keys = Array.from({length: 10_000}, (_, number) => printable({name: `grid ${number}`}));
	const merge = async (text: string) => okxCli.merge!(sourceOf(text, 'config.toml'), keys, false);
	const text = await merge(owners);
	expect(Object.keys(parse(text)['profiles'] as object).length).toBe(10_001);
	expect(await merge(text)).toBe(text);
}, 20_000);

test('of several profiles the one that cannot be put in is named', async () => {
	const file = sourceOf('[profiles]\ntwo = {api_key = "a"}\n', 'config.toml');
	const keys = ['one', 'two', 'three'].map(name => printable({name}));
	await expect(okxCli.merge!(file, keys, true)).rejects.toThrow('the profile two cannot be put in safely');
});

test('what is no TOML is left as it is', async () => {
	await expect(merged('[profiles.x\nSECRET')).rejects.toThrow(
		'config.toml cannot be read as TOML; it was left as it is.',
	);
});

test('any value and any name come back from the file as they were', async () => {
	const text = fc.string({unit: 'binary', minLength: 1, maxLength: 20});
	await fc.assert(
		fc.asyncProperty(text, text, fc.string({unit: 'grapheme', minLength: 1}), async (secretKey, passphrase, name) => {
			const key = printable({name, credential: credentialWith({secretKey, passphrase})});
			const put = await merged(owners, key, true);
			for (const file of [okxCli.print!([key]), put, await merged(put, key)])
				expect(parse(file)['profiles']).toMatchObject({[name]: {secret_key: secretKey, passphrase}});
		}),
	);
});
