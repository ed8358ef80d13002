import fs from 'node:fs';
import {describe, expect, it, onTestFinished} from 'vitest';
import {openCopyOf, openEarlier} from '../../source/actions/earlier.ts';
import {Secret} from '../../source/core/secret.ts';
import {storedKey} from '../helpers/keys.ts';
import {world, worldPassphrase} from '../helpers/world.ts';
import {failureOf} from '../vault/world.ts';

const typed = () => new Secret(worldPassphrase);

/** A real vault with an earlier save and a backup of it. */
async function saved() {
	const {context} = await world({sandbox: false});
	const {vault} = context;
	await vault.change(content => ({...content, keys: [storedKey()]}));
	const copy = `${vault.path}.copy`;
	await vault.backup(copy);
	vault.lock();
	return {context, vault, copy};
}

describe('a copy that would be refused in the end is refused before the decision', () => {
	it('in the place of a vault of a newer program', async () => {
		const {context, vault, copy} = await saved();
		fs.writeFileSync(vault.path, fs.readFileSync(vault.path, 'utf8').replace('"version": 1', '"version": 2'));
		expect(await failureOf(openCopyOf(context, {typed: typed()}, copy))).toMatchObject({code: 'vault-newer'});
		expect(await failureOf(openEarlier(context, typed()))).toMatchObject({code: 'vault-newer'});
	});

	it.each([
		[
			'a file that others can read',
			(path: string) => {
				fs.chmodSync(path, 0o644);
			},
		],
		[
			'a link',
			(path: string) => {
				fs.renameSync(path, `${path}.moved`);
				fs.symlinkSync(`${path}.moved`, path);
			},
		],
	])('in the place of %s', async (_, spoil) => {
		const {context, vault, copy} = await saved();
		spoil(vault.path);
		expect(await failureOf(openCopyOf(context, {typed: typed()}, copy))).toMatchObject({code: 'vault-unsafe'});
	});

	it('sandbox-mix-up: of a real vault in the place of one of the sandbox', async () => {
		const {copy} = await saved();
		const {context} = await world();
		expect(await failureOf(openCopyOf({...context, sandbox: false}, {typed: typed()}, copy))).toMatchObject({
			code: 'invalid',
		});
		expect(await failureOf(openCopyOf(context, {typed: typed()}, copy))).toMatchObject({code: 'invalid'});
	});
});

it('opens a copy where nothing speaks against it', async () => {
	const {context, copy} = await saved();
	const opened = await openCopyOf(context, {typed: typed()}, copy);
	onTestFinished(() => {
		opened.dispose();
	});
	expect(opened).toMatchObject({rev: 2, isReplaceable: true, isOther: false});
});
