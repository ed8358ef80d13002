// What a command costs as the vault grows: list and show without a KDF, beside keepassxc-cli with a cheap one.
import fs from 'node:fs';
import path from 'node:path';
import {inTurn, nodeMs, programMs} from '../measure.js';
import {createDatabase} from '../references/keepass.js';
import {benchKeys, createVault} from '../vaults.js';

export const summary = 'list and show of 10 to 10,000 keys without a KDF, beside keepassxc-cli with a cheap one';

const rounds = 7;
/** What our time may be of theirs, for each number of keys. */
const limits = {10: 1.15, 1000: 0.8, 10_000: 0.35};

/** @param {import('../run.js').Bench} bench */
export async function measure({row, peer, home}) {
	const keepass = peer('keepassxc-cli');
	if (keepass === undefined) return;
	for (const [count, limit] of Object.entries(limits)) {
		const keys = benchKeys(Number(count));
		const folder = path.join(home, count);
		const {vault, file, recoveryFile} = await createVault(folder, keys);
		vault.lock();
		const theirs = createDatabase(keepass, path.join(folder, 'keys.kdbx'), keys);
		const opened = ['--vault', file, '--passphrase-file', recoveryFile];
		for (const {name, words} of [
			{name: 'list', words: ['list', ...opened]},
			{name: 'show', words: ['show', keys[0].name, ...opened]},
		]) {
			const [ours, reference] = await inTurn(rounds, [
				() => nodeMs([path.resolve('bin/okx-keys.js'), ...words], {environment: {HOME: home}}),
				() => programMs(keepass, theirs[name].words, theirs[name].options),
			]);
			const what = `${name}, ${Number(count).toLocaleString('en')} keys`;
			row({what, against: 'keepassxc-cli', ours, reference, limit});
		}

		fs.rmSync(folder, {recursive: true});
	}
}
