// What work on many keys costs in memory, to reading their JSON: so that the machine's own speed does not count.
import {ledgerOf} from '../source/actions/import-ledger.ts';
import {checkNameFree} from '../source/actions/keys.ts';
import {decodeContent, encodeContent} from '../source/vault/format/content.ts';
import {storedKey} from '../test/helpers/keys.ts';
import {inTurn, median, timed} from './measure.js';
import {createTable} from './table.js';

const count = 10_000;
const rounds = 15;
const keys = Array.from({length: count}, (_, index) =>
	storedKey({id: `${index}`, name: `k${index}`, description: 'x'.repeat(150)}),
);
const encoded = encodeContent({keys}, '', Number.POSITIVE_INFINITY);
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
const toParsing = times => median(times.map((ms, round) => ms / parses[round]));

const table = createTable(['what', 'keys', 'median', 'must', 'aim', '']);
table.row('content decoded, to its JSON parsed', count, toParsing(decodes), 'x', [2.5, 2]);
table.row('200 names found free, to the JSON of all keys parsed', count, toParsing(names), 'x', [20, 8]);
table.row('as many of one name numbered by an import, to that', count, toParsing(imported), 'x', [8, 4]);
table.print();
