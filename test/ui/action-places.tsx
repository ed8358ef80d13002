import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import type {Context} from '../../source/actions/context.ts';
import {seenRevisionsIn} from '../../source/vault/rollback-guard.ts';
import {openApp} from '../helpers/app.tsx';
import {credentialWith, storedKey} from '../helpers/keys.ts';
import type {TestTerminal} from '../helpers/terminal.tsx';
import {world, worldPassphrase} from '../helpers/world.ts';
import {adding} from '../vault/world.ts';
import {agentOf, locked as lockedVault} from './locked.tsx';
import {answering, never, wellKey} from './answering.ts';
import {refusing} from './refusing.ts';

// The screens on which actions can be met, each opened as a person would; tall enough for every row of the palette.

const size = {columns: 90, rows: 60};
const two = ['alpha', 'beta'].map(name => storedKey({id: name, name, credential: credentialWith({apiKey: name})}));

type Answers = Parameters<typeof answering>[1];

async function opened(context: Context, keys: readonly string[], seen: string, room = size): Promise<TestTerminal> {
	const {terminal} = await openApp(context, room);
	await terminal.press(...keys);
	await terminal.see(seen);
	return terminal;
}

async function withTwo(keys: readonly string[], seen: string, room = size, answers: Answers = {}) {
	const {context} = await world({sandbox: false, keys: two});
	const {answered} = await answering(context, answers);
	return opened(answered, keys, seen, room);
}

async function inSandbox(keys: readonly string[], seen: string): Promise<TestTerminal> {
	const {context} = await world();
	return opened(context, keys, seen);
}

export const list = async () => withTwo([], '2 keys');
export const noMatch = async () => withTwo(['/', 'nothing', 'Enter'], 'No key matches');
export const marked = async () => withTwo(['Space'], '1 marked');
export const filtering = async () => withTwo(['/', 'al'], 'Enter done');
export const threePanes = async () => withTwo(['Enter', 't'], 'The key works', {columns: 160, rows: 60});
export const key = async () => withTwo(['Enter'], 'v shows the secrets');
export const activity = async () => withTwo(['y', '/', 'v', 'Enter'], 'Filter: v');
export const health = async () => withTwo(['H'], '2 keys');
export const adopt = async () => inSandbox(['E'], 'telegrambot');
export const settings = async () => withTwo([',', 'Down', 'Down', 'Down', 'Down', 'Down'], '› Language');
export const settingValue = async () => withTwo([',', 'Enter'], 'Esc leave it');
export const testAll = async () => withTwo(['T'], '2 tested: all passed');
export const copy = async () => withTwo(['c'], 'API key');
export const form = async () => withTwo(['n', 'new', 'PgDn', 'PgDn', 'PgDn', 'Tab'], 'step 4 of 6');
export const firstField = async () => withTwo(['n'], 'step 1 of 6');
export const choice = async () => withTwo(['n', 'new', 'PgDn', 'Tab'], 'step 2 of 6');
export const checkboxes = async () => withTwo(['n', 'new', 'PgDn', 'PgDn', 'Down'], 'step 3 of 6');
export const saveReview = async () => withTwo(['e', '2', 'PgDn'], 'y yes, save');
export const filteredHelp = async () => withTwo(['?', '/', 'key', 'Enter'], 'Filter: key');

export const emptyVault = async () => {
	const {context} = await world({sandbox: false});
	return opened(context, [], 'S sandbox');
};

export const keyBindings = async () => {
	const terminal = await withTwo([',', 'G'], '› ');
	while (!terminal.screen.includes('› Keys')) await terminal.press('Up');
	await terminal.press('Enter');
	await terminal.see('keys of your own');
	return terminal;
};

export const failedTest = async () => withTwo(['t'], 'f ask other sites', size, {config: refusing('50119')});
export const runningTest = async () => withTwo(['t'], 'Esc cancel', size, {config: (_, options) => never(options)});

export const incident = async () => {
	const terminal = await inSandbox(['I'], 'Cut it off?');
	await terminal.press('y');
	await terminal.see('c copy the report');
	return terminal;
};

export const otherSites = async () => {
	const terminal = await withTwo(['t'], 'f ask other sites', size, {
		config: ({site}) => (site === 'us' ? wellKey : refusing('50119')()),
	});
	await terminal.press('f', 'y');
	await terminal.see('f store as us');
	return terminal;
};

const toReview = ['n', 'gridbot', 'PgDn', 'PgDn', 'PgDn', '127.0.0.1', 'PgDn'];
export const createReview = async () => inSandbox(toReview, 'y yes, create it');
export const createdKey = async () => inSandbox([...toReview, 'y'], 's I have saved them');
export const pageReview = async () => withTwo(toReview, 'y I have made it there');
export const pasteCredential = async () => {
	const terminal = await withTwo([...toReview, 'y'], 'step 6 of 6', size, {config: refusing('50119')});
	await terminal.paste('11111111-2222-4333-8444-555555555555\n0123456789ABCDEF0123456789ABCDEF\n');
	await terminal.press('Enter');
	await terminal.see('save untested');
	return terminal;
};

export const importReview = async () => {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'imp-'));
	onTestFinished(() => {
		fs.rmSync(folder, {recursive: true});
	});
	const file = path.join(folder, 'k.env');
	fs.writeFileSync(file, 'OKX_API_KEY=a\nOKX_SECRET_KEY=b\nOKX_PASSPHRASE=c\n');
	return withTwo(['i', file, 'Enter'], 'y yes, import');
};

export const imported = async () => {
	const terminal = await importReview();
	await terminal.press('y');
	await terminal.see('D delete the file');
	return terminal;
};

export const locked = async () => {
	const {context} = await world({sandbox: false, keys: two});
	context.vault.lock();
	return opened(context, ['typed'], 'Enter unlock');
};

/** Locked by a person, so that the agent is not asked by itself. */
export const lockedWithAgent = async () => {
	const {context} = await lockedVault();
	const keyAgent = {...agentOf(context), get: async () => undefined};
	return opened({...context, keyAgent}, ['L'], 'Enter ask the agent');
};

export const vaultMissing = async () => {
	const {context, vault} = await lockedVault();
	vault.lock();
	const {terminal} = await openApp(context, size);
	await terminal.see('Enter unlock');
	fs.rmSync(path.dirname(vault.path), {recursive: true});
	await terminal.press(worldPassphrase, 'Enter');
	await terminal.see('Ctrl+N make a new vault');
	return terminal;
};

/** A vault that is older than what this machine has seen. */
export const olderVault = async () => {
	const {context, vault, file} = await lockedVault();
	await vault.change(adding('late1'));
	const older = fs.readFileSync(file);
	await vault.change(adding('late2'));
	vault.lock();
	fs.writeFileSync(`${file}.new`, older, {mode: 0o600});
	fs.renameSync(`${file}.new`, file);
	seenRevisionsIn(path.dirname(file)).note(file, (await vault.readHeader()).vaultId, {rev: 9, mac: 'x'});
	return opened(context, [worldPassphrase, 'Enter'], 'y yes, open it');
};

export const earlierSave = async () => {
	const terminal = await olderVault();
	await terminal.press('r');
	await terminal.see('y yes, restore it');
	return terminal;
};

export const recoveryKey = async () => {
	const {context} = await world({isOpen: false});
	return opened(context, [worldPassphrase, 'Enter', worldPassphrase, 'Enter'], 'w I have written it down');
};
