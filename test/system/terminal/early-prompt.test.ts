import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {wantedPrompt} from '../../../source/early-prompt.ts';
import {toBase64} from '../../../source/vault/format/base64.ts';
import {newEnvelope} from '../../../source/vault/format/envelope.ts';
import {printHeader, type Slot} from '../../../source/vault/format/header.ts';

function vaultWith(...types: readonly Slot['type'][]): Buffer {
	const slots = types.map(type => ({type, id: 'a'.repeat(12)}) as Slot);
	const header = printHeader({vaultId: 'b'.repeat(22), rev: 1, salt: 'c'.repeat(44), slots});
	const {bytes, ciphertext} = newEnvelope({header: toBase64(header), mac: 'd'.repeat(44)}, 100_000);
	ciphertext.fill('e');
	return bytes;
}

/** A home with a vault where the program looks for it first, and the environment of a login there. */
function login() {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-early-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	const vault = path.join(folder, 'okx-keys/vault.json');
	fs.mkdirSync(path.dirname(vault), {mode: 0o700});
	fs.writeFileSync(vault, vaultWith('passphrase', 'recovery'), {mode: 0o600});
	const environment = {
		XDG_CONFIG_HOME: folder,
		XDG_RUNTIME_DIR: path.join(folder, 'run'),
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
	};
	return {folder, vault, environment, settings: path.join(folder, 'okx-keys/settings.json')};
}

test('the usual vault is asked for, or the one that is named', () => {
	const {vault, environment} = login();
	const look = {ascii: false, color: true};
	expect(wantedPrompt([], environment)).toEqual({path: vault, look});
	const other = path.join(path.dirname(vault), 'other.json');
	fs.copyFileSync(vault, other);
	expect(wantedPrompt(['--vault', other], environment)).toEqual({path: other, look});
	expect(wantedPrompt([], {...environment, OKX_KEYS_VAULT: other})).toEqual({path: other, look});
	expect(wantedPrompt(['--vault', vault], {...environment, OKX_KEYS_VAULT: other})).toEqual({path: vault, look});
});

test.each([
	[[], {}, {ascii: false, color: true}],
	[['--ascii'], {}, {ascii: true, color: true}],
	[['--no-color'], {}, {ascii: false, color: false}],
	[[], {NO_COLOR: '1'}, {ascii: false, color: false}],
	[[], {FORCE_COLOR: '0'}, {ascii: false, color: false}],
	[[], {LANG: 'C'}, {ascii: true, color: true}],
])('%j with %j looks as the screen does', (words, more, look) => {
	const {environment} = login();
	expect(wantedPrompt(words, {...environment, ...more})?.look).toEqual(look);
});

describe('it is left to the program', () => {
	test.each([
		[['list']],
		[['--sandbox']],
		[['--readonly']],
		[['--screen-reader']],
		[['--key-file', 'k']],
		[['--vault']],
		[['--vault', '--ascii']],
		[['--vault', 'a', '--vault', 'b']],
		[['--vault=a']],
	])('after %j', words => {
		expect(wantedPrompt(words, login().environment)).toBeUndefined();
	});

	test.each([
		{TERM: 'dumb'},
		{TERM: ''},
		{INK_SCREEN_READER: 'true'},
		{NODE_OPTIONS: '--inspect'},
		{NODE_DEBUG: 'stream'},
		{OKX_KEYS_KEY_FILE: 'k'},
		{OKX_KEYS_PASSPHRASE_FILE: 'p'},
		{OKX_KEYS_LANG: 'de'},
	])('with %j', more => {
		expect(wantedPrompt([], {...login().environment, ...more})).toBeUndefined();
	});

	test('where an agent may open the vault', () => {
		const {folder, environment} = login();
		fs.mkdirSync(path.join(folder, 'run/okx-keys'), {recursive: true});
		fs.writeFileSync(path.join(folder, 'run/okx-keys/agent.sock'), '');
		expect(wantedPrompt([], environment)).toBeUndefined();
	});

	test('where an SSH key may', () => {
		const {vault, environment} = login();
		fs.writeFileSync(vault, vaultWith('passphrase', 'ssh-agent'));
		expect(wantedPrompt([], environment)).toBeDefined();
		expect(wantedPrompt([], {...environment, SSH_AUTH_SOCK: '/run/agent'})).toBeUndefined();
	});

	test('where the settings may show', () => {
		const {settings, environment} = login();
		fs.writeFileSync(settings, JSON.stringify({version: 1, 'lock-time': '5m', site: 'eea'}));
		expect(wantedPrompt([], environment)).toBeDefined();
		for (const text of ['{"language": "en"}', '{"keys": {}}', '{"colors": "never"}', '{"unknown": 1}', '{', 'null']) {
			fs.writeFileSync(settings, text);
			expect(wantedPrompt([], environment)).toBeUndefined();
		}
	});

	test.each<[string, (vault: string) => void]>([
		['missing', vault => fs.rmSync(vault)],
		['empty', vault => fs.writeFileSync(vault, '')],
		['cut short', vault => fs.truncateSync(vault, 60)],
		['another file', vault => fs.writeFileSync(vault, '{"format": "other"}')],
		['altered', vault => fs.writeFileSync(vault, vaultWith().toString().replace('ey', '!!'))],
		['readable for others', vault => fs.chmodSync(vault, 0o644)],
		['a link', vault => (fs.renameSync(vault, `${vault}.real`), fs.symlinkSync(`${vault}.real`, vault))],
		['a folder', vault => (fs.rmSync(vault), fs.mkdirSync(vault))],
	])('where the vault is %s', (_, harm) => {
		const {vault, environment} = login();
		harm(vault);
		expect(wantedPrompt([], environment)).toBeUndefined();
	});
});
