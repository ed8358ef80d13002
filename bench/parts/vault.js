// What an unlock and a save cost without the KDF, for vaults of three sizes.
import {randomBytes} from 'node:crypto';
import path from 'node:path';
import {encodeContent} from '../../source/vault/format/encode.ts';
import {storedKey} from '../../test/helpers/keys.ts';
import {inTurn, timed} from '../measure.js';
import {createSealedFile} from '../references/sealed-file.js';
import {createVault, vaultAt} from '../vaults.js';

export const summary =
	'unlock and save of 10 to 10,000 keys without the KDF, beside Node’s primitives on the same bytes';

const counts = [10, 1000, 10_000];
const rounds = 15;

async function unlock({file, recoveryKey}) {
	const vault = vaultAt(file);
	await vault.unlock({recoveryKey});
	vault.lock();
}

const withFirstChanged = keys => keys.with(0, {...keys[0], description: randomBytes(90).toString('hex')});

/** @param {import('../run.js').Bench} bench */
export async function measure({row, home}) {
	for (const count of counts) {
		const keys = Array.from({length: count}, (_, index) =>
			storedKey({
				id: `id-${index}`,
				name: `key-${index}`,
				description: `Made for the bench ${'x'.repeat(180)}`,
				tags: ['bench'],
			}),
		);
		const created = await createVault(path.join(home, String(count)), keys);
		const content = JSON.parse(encodeContent({keys}, '', Number.POSITIVE_INFINITY).bytes.toString());
		const sealed = await createSealedFile(path.join(home, `${count}.sealed`), content);
		const [unlocks, reads, saves, replacements] = await inTurn(
			rounds,
			[
				async () => unlock(created),
				async () => sealed.read(),
				async () => created.vault.change(content => ({...content, keys: withFirstChanged(content.keys)})),
				async () => sealed.replace({...content, keys: withFirstChanged(content.keys)}),
			].map(work => async () => timed(work)),
		);
		const size = `of ${count.toLocaleString('en')} keys`;
		row({
			what: `unlock ${size} without its KDF`,
			against: 'reading, decrypting, JSON.parse',
			ours: unlocks,
			reference: reads,
			limit: 1.25,
		});
		row({
			what: `save ${size}`,
			against: 'JSON.stringify, encrypting, writing',
			ours: saves,
			reference: replacements,
			limit: 1.25,
		});
	}
}
