// What a search for the secrets of many keys costs, to one look at each byte: so that the machine's own speed does not
// count.
import crypto from 'node:crypto';
import {searchedFormsOf} from '../source/core/secret-text/forms.ts';
import {createPatternFinder} from '../source/scan/pattern-finder.ts';
import {createStreamSearch} from '../source/scan/stream-search.ts';
import {inTurn, median, timed} from './measure.js';
import {createTable} from './table.js';

const rounds = 9;
const size = 16 * 1024 * 1024;
const counts = [10, 1000, 10_000];

const words = Array.from({length: 5000}, () => crypto.randomBytes(4).toString('hex').replaceAll(/\d/g, ''));
let text = '';
while (text.length < size) text += words[text.length % words.length] + (text.length % 11 === 0 ? '\n' : ' ');
const bytes = new Uint8Array(Buffer.from(text, 'latin1'));

function searchFor(keys) {
	const secrets = Array.from({length: keys}, () => [
		crypto.randomUUID(),
		crypto.randomBytes(16).toString('hex').toUpperCase(),
		`${crypto.randomBytes(6).toString('base64')}!a1`,
	]).flat();
	const search = createStreamSearch(
		createPatternFinder(secrets.flatMap(secret => searchedFormsOf(secret).map(({text}) => text))),
	);
	return async () =>
		timed(() => {
			search.begin(() => {});
			for (let at = 0; at < bytes.length;) {
				const room = search.room();
				const piece = bytes.subarray(at, at + room.length);
				room.set(piece);
				search.take(piece.length);
				at += piece.length;
			}
		});
}

const [looks, ...searches] = await inTurn(rounds, [
	async () =>
		timed(() => {
			let sum = 0;
			for (let at = 0; at < bytes.length; at++) sum += bytes[at];
			return sum;
		}),
	...counts.map(searchFor),
]);

const table = createTable(['what', 'keys', 'median', 'must', 'aim', '']);
for (const [index, times] of searches.entries())
	table.row(
		'text searched, to one look at each byte',
		counts[index],
		median(times.map((ms, round) => ms / looks[round])),
		'x',
		[20, 10],
	);
table.print();
