// What a start costs: commands of the built program beside a Node that does nothing.
import path from 'node:path';
import {inTurn, nodeMs} from '../measure.js';
import {benchKeys, createVault} from '../vaults.js';

export const summary = 'starts of --version, --help, completion, list and show, beside node -e 0';

const rounds = 21;
const program = path.resolve('bin/okx-keys.js');

/** @param {import('../run.js').Bench} bench */
export async function measure({row, home}) {
	const {vault, file, recoveryFile} = await createVault(path.join(home, 'vault'), benchKeys(10));
	vault.lock();
	const opened = ['--vault', file, '--passphrase-file', recoveryFile];
	const starts = [
		{what: '--version', words: ['--version'], limit: 1.3},
		{what: '--help', words: ['--help'], limit: 1.3},
		{what: 'completion bash', words: ['completion', 'bash'], limit: 1.3},
		{what: 'list of 10 keys, without a KDF', words: ['list', ...opened], limit: 1.5},
		{what: 'show of one of 10 keys, without a KDF', words: ['show', 'key-1', ...opened], limit: 1.5},
	];
	const [bare, ...ours] = await inTurn(rounds, [
		() => nodeMs(['-e', '0']),
		...starts.map(
			({words}) =>
				() =>
					nodeMs([program, ...words], {environment: {HOME: home}}),
		),
	]);
	for (const [index, {what, limit}] of starts.entries())
		row({what, against: 'node -e 0', ours: ours[index], reference: bare, limit});
}
