import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {commandLine} from '../helpers/command-line.ts';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import {printing} from '../helpers/printing.ts';
import {world} from '../helpers/world.ts';

test.each([
	[1, 'Searched 1 file and 0 objects of repositories (2 B) for the secrets of 1 key; left out 1 file or folder,'],
	[2, 'Searched 2 files and 0 objects of repositories (4 B) for the secrets of 2 keys; left out 2 files and folders,'],
])('scan counts %i of each as a person would say it', async (count, words) => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-scan-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	const keys = ['alpha', 'beta']
		.slice(0, count)
		.map(name => storedKey({id: name, name, credential: credentialWith({apiKey: `api-key-of-${name}`})}));
	for (const {name} of keys) {
		fs.writeFileSync(path.join(folder, `${name}.txt`), 'no');
		fs.writeFileSync(path.join(folder, `${name}.csv`), 'no');
	}

	const {context} = await world({sandbox: false, keys});
	const {io, printed} = printing();
	await commandLine({context, io}, 'scan', folder, '--exclude', '*.csv');
	expect(printed.note.join('\n')).toContain(`${words} and 0 links.`);
});

test('scan searches for a revoked key too if it may be leaked, to tell where it leaked from', async () => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'okx-keys-scan-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	const incident = {at: 1, since: 0, before: {permissions: ['read'], ip: []}, step: 'done'} as const;
	const leaked = storedKey({id: 'l', name: 'leaked', status: 'revoked', incident});
	const gone = storedKey({
		id: 'g',
		name: 'gone',
		status: 'revoked',
		credential: credentialWith({apiKey: 'api-key-of-gone', secretKey: 'SECRET0OF0GONE'}),
	});
	const file = path.join(folder, 'bot.env');
	fs.writeFileSync(file, `A=${leaked.credential.secretKey.reveal()}\nB=SECRET0OF0GONE\n`);
	const {context} = await world({sandbox: false, keys: [leaked, gone]});
	const {io, printed} = printing();
	await commandLine({context, io}, 'scan', folder);
	expect(printed.note.join('\n')).toContain('for the secrets of 1 key');
	expect(context.vault.read().keys.find(({name}) => name === 'leaked')?.copies).toMatchObject([{path: file}]);
});
