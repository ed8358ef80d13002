import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import {describe, expect} from 'vitest';
import {shellQuote} from '../../source/core/text/shell.ts';
import {test} from './journey.ts';
import {blocksOf} from './page.ts';
import {runShell} from './program.ts';

const blocks = blocksOf('docs/agents.md');
const textsIn = (language: string) => blocks.filter(block => block.language === language).map(({text}) => text);

/** A program that says which names of a credential it got, and how long the secret is. */
const stub = `#!/bin/sh
echo "\${0##*/}" "$@" "\${#OKX_API_KEY}" "\${#OKX_SECRET_KEY}" "$OKX_DEMO"
`;

describe('docs/agents.md', () => {
	test('every command of it does what it says, in its order, and shows no secret', async ({live: vault, home}) => {
		const folder = home.file('bin');
		fs.mkdirSync(folder);
		for (const name of ['okx-trade-mcp', 'my-bot']) fs.writeFileSync(`${folder}/${name}`, stub, {mode: 0o755});
		await vault.add('desk');
		const credential = {
			apiKey: '0a1b2c3d-0000-4000-8000-0123456789ab',
			secretKey: 'CANARY9SECRET9CANARY9SECRET9CANA',
			passphrase: 'Canary-Pass9!',
		};
		home.jsonFile('desk.json', credential);
		const PATH = `${folder}:${process.env['PATH']}`;
		const {mcpServers} = JSON.parse(textsIn('json')[0]!) as {
			readonly mcpServers: {readonly okx: {readonly command: string; readonly args: readonly string[]}};
		};
		const configured = [mcpServers.okx.command, ...mcpServers.okx.args].map(word => shellQuote(word)).join(' ');
		const scripts = textsIn('sh');
		expect([scripts.length, textsIn('json').length, textsIn('sudoers').length, blocks.length]).toEqual([6, 1, 1, 8]);
		const said: string[] = [];
		for (const script of [...scripts, configured]) {
			const opened = script.includes('--vault')
				? {OKX_KEYS_PASSPHRASE_FILE: vault.passphraseFile}
				: {OKX_KEYS_KEY_FILE: vault.keyFile};
			const {status, out, err} = await runShell(home, `set -eu\n${script}`, {environment: {PATH, ...opened}});
			expect({script, status, err}).toMatchObject({status: 0});
			said.push(out);
		}

		const all = said.join('\n');
		expect(all).toContain('okx-trade-mcp --read-only --no-log 36 32 false');
		expect(all).toContain('my-bot 36 32 false');
		expect(all).toMatch(/^desk +demo /m);
		for (const secret of Object.values(credential)) expect(all).not.toContain(secret);
	}, 120_000);

	test('what it says about its limits is true: exec gives the key to whatever is run', async ({live: vault, home}) => {
		await vault.add('grid');
		const environment = {OKX_KEYS_NO_SECRETS: '1', OKX_KEYS_KEY_FILE: vault.keyFile};
		const {out} = await runShell(home, 'okx-keys exec grid -- env', {environment});
		expect(out).toContain('OKX_SECRET_KEY=CANARY');
		const refused = await runShell(home, 'okx-keys export grid --age-recipient age1x', {environment});
		expect(refused).toMatchObject({status: 2, err: expect.stringContaining('No secret is shown here') as string});
	});

	test.skipIf(spawnSync('visudo', ['-V']).error !== undefined)('its line of sudoers is one', ({home}) => {
		const file = home.file('sudoers');
		fs.writeFileSync(file, textsIn('sudoers')[0]!, {mode: 0o440});
		expect(spawnSync('visudo', ['-cf', file]).status).toBe(0);
	});
});
