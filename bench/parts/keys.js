// What work on many keys costs in memory.
import {ledgerOf} from '../../source/actions/import-ledger.ts';
import {checkNameFree} from '../../source/actions/keys.ts';
import {decodeContent} from '../../source/vault/format/content.ts';
import {encodeContent} from '../../source/vault/format/encode.ts';
import {storedKey} from '../../test/helpers/keys.ts';
import {inTurn, timed} from '../measure.js';

export const summary = 'work on 10,000 keys in memory, beside the parsing of their JSON';

const count = 10_000;
const rounds = 15;

/** @param {import('../run.js').Bench} bench */
export async function measure({row}) {
	const keys = Array.from({length: count}, (_, index) =>
		storedKey({id: `${index}`, name: `k${index}`, description: 'x'.repeat(150)}),
	);
	const {bytes: encoded} = encodeContent({keys}, '', Number.POSITIVE_INFINITY);
	const json = encoded.toString();
	const [parses, decodes, names, imported] = await inTurn(
		rounds,
		[
			() => JSON.parse(json),
			() => decodeContent(encoded, ''),
			() => {
				for (let index = 0; index < 200; index++) checkNameFree({keys}, `new${index}`);
			},
			() => {
				const ledger = ledgerOf({keys: []});
				for (const {credential} of keys) ledger.add({name: ledger.freeName('grid'), credential});
			},
		].map(work => async () => timed(work)),
	);
	const compared = (what, ours, limit) => {
		row({what, against: 'JSON.parse of 10,000 keys', ours, reference: parses, limit});
	};
	compared('content of 10,000 keys decoded', decodes, 2.5);
	compared('200 names found free among 10,000', names, 20);
	compared('10,000 keys of one name numbered by an import', imported, 8);
}
