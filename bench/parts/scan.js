// What a search for the secrets of many keys costs.
import crypto from 'node:crypto';
import {searchedFormsOf} from '../../source/core/secret-text/forms.ts';
import {createPatternFinder} from '../../source/scan/pattern-finder.ts';
import {createStreamSearch} from '../../source/scan/stream-search.ts';
import {inTurn, timed} from '../measure.js';

export const summary = 'a search for the secrets of 10 to 10,000 keys, beside one look at each byte';

const rounds = 9;
const size = 16 * 1024 * 1024;
const counts = [10, 1000, 10_000];

function textToSearch() {
	const words = Array.from({length: 5000}, () => crypto.randomBytes(4).toString('hex').replaceAll(/\d/g, ''));
	let text = '';
	while (text.length < size) text += words[text.length % words.length] + (text.length % 11 === 0 ? '\n' : ' ');
	return new Uint8Array(Buffer.from(text, 'latin1'));
}

function searchFor(keys, bytes) {
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

/** @param {import('../run.js').Bench} bench */
export async function measure({row}) {
	const bytes = textToSearch();
	const [looks, ...searches] = await inTurn(rounds, [
		async () =>
			timed(() => {
				let sum = 0;
				for (let at = 0; at < bytes.length; at++) sum += bytes[at];
				return sum;
			}),
		...counts.map(count => searchFor(count, bytes)),
	]);
	for (const [index, ours] of searches.entries())
		row({
			what: `16 MiB searched for ${counts[index].toLocaleString('en')} keys`,
			against: 'one look at each byte',
			ours,
			reference: looks,
			limit: 20,
		});
}
