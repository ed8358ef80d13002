import type {FailureCode} from '../../../source/core/errors.ts';
import type {SlotType} from '../../../source/vault/slots/slots.ts';
import {body, later, others, ours, parsed, print, sealed, whole, type LooseHeader} from './sample-vault.ts';

/** One file, what it is opened with, and what has to come of it. */
export type Vector = {
	/** What is the matter with it. */
	readonly name: string;
	readonly file: string;
	readonly way: SlotType;
	/** A passphrase, a recovery key, the text of a key file, or an Ed25519 key as PKCS #8. */
	readonly secret: string;
	readonly expect: 'success' | FailureCode;
	/** A part of the sentence. */
	readonly says?: string;
};

/** The whole vault with another header in it, as a program without the key could put it there. */
function withHeader(change: (header: LooseHeader) => void, text: (header: object) => string = JSON.stringify): string {
	const file = parsed();
	const header = JSON.parse(Buffer.from(file.header, 'base64').toString()) as LooseHeader;
	change(header);
	return print({...file, header: Buffer.from(text(header)).toString('base64')});
}

/** The base64 of a member with one of its bytes changed. */
function bent(base64: string, at: number): string {
	const bytes = Buffer.from(base64, 'base64');
	bytes[at]! ^= 1;
	return bytes.toString('base64');
}

const [text, header, content] = ['its text is altered', 'its header is altered', 'its content is altered'];
const cost = 'the work it asks for';
const damaged = 'vault-damaged';

/** Each file, and how it ends when it is opened with our passphrase. */
export const files: readonly (readonly [name: string, text: string, expect: Vector['expect'], says?: string])[] = [
	['whole', whole, 'success'],

	['text-cut', whole.slice(0, 3000), damaged, 'its text is cut short or altered'],
	['text-without-last-byte', whole.slice(0, -1), damaged, text],
	['text-with-trailing-byte', `${whole}\n`, damaged, text],
	['text-with-carriage-returns', whole.replaceAll('\n', '\r\n'), damaged],
	['text-with-byte-order-mark', `\u{EF}\u{BB}\u{BF}${whole}`, 'not-a-vault', 'some other text'],
	['text-in-one-line', JSON.stringify(parsed()), damaged, text],
	['member-more', print({...parsed(), more: 1}), damaged, text],
	['member-missing', print({...parsed(), mac: undefined}), damaged, text],
	['member-twice', whole.replace('\t"mac"', '\t"mac": "",\n\t"mac"'), damaged, text],
	[
		'members-in-other-order',
		print({
			format: parsed().format,
			version: 1,
			mac: parsed().mac,
			header: parsed().header,
			ciphertext: parsed().ciphertext,
		}),
		damaged,
		text,
	],
	['version-as-fraction', whole.replace('"version": 1', '"version": 1.0'), damaged, text],
	['version-as-text', print({...parsed(), version: '1'}), damaged, text],
	[
		'version-newer',
		'{"format":"okx-keys-vault","version":2,"whatever":"a newer program wrote"}\n',
		'vault-newer',
		'has format 2',
	],
	[
		'base64-not-canonical',
		print({
			...parsed(),
			mac: parsed().mac.replace(/.=$/, last => `${String.fromCodePoint(last.codePointAt(0)! + 1)}=`),
		}),
		damaged,
		text,
	],
	[
		'base64-of-urls',
		print({...parsed(), ciphertext: parsed().ciphertext.replaceAll('+', '-').replaceAll('/', '_')}),
		damaged,
		text,
	],
	['base64-without-padding', print({...parsed(), mac: parsed().mac.replace('=', '')}), damaged, text],

	['not-a-vault-empty', '', 'not-a-vault', 'it is empty'],
	['not-a-vault-text', 'OKX_API_KEY=00000000-1111-2222-3333-444444444444\n', 'not-a-vault', 'some other text'],
	['not-a-vault-plain-keys', `${body}\n`, 'not-a-vault', 'JSON of another kind'],

	['mac-altered', print({...parsed(), mac: bent(parsed().mac, 31)}), damaged, header],
	['mac-of-another-save', print({...parsed(), mac: parsed(later).mac}), damaged, header],
	[
		'header-with-raised-rev',
		withHeader(header => {
			header.rev = 1000;
		}),
		damaged,
		header,
	],
	[
		'header-with-spaces',
		withHeader(
			() => {},
			header => JSON.stringify(header, undefined, 1),
		),
		damaged,
		header,
	],
	['header-with-more', withHeader(header => Object.assign(header, {more: 1})), damaged, header],
	['header-of-another-save', print({...parsed(), header: parsed(later).header}), damaged, header],
	[
		'header-and-mac-of-another-save',
		print({...parsed(), header: parsed(later).header, mac: parsed(later).mac}),
		damaged,
		content,
	],
	['cipher-none', withHeader(header => Object.assign(header, {cipher: 'none'})), damaged, header],

	['payload-altered', print({...parsed(), ciphertext: bent(parsed().ciphertext, 100)}), damaged, content],
	['payload-tag-altered', print({...parsed(), ciphertext: bent(parsed().ciphertext, 4096 + 15)}), damaged, content],
	[
		'payload-cut',
		print({...parsed(), ciphertext: Buffer.from(parsed().ciphertext, 'base64').subarray(0, 2048).toString('base64')}),
		damaged,
		content,
	],
	['payload-empty', print({...parsed(), ciphertext: ''}), damaged, content],
	['payload-no-json', sealed('API_KEY=1', ours, 7).toString('latin1'), damaged, 'its content is not a list of keys'],
	['payload-no-keys', sealed('{"keys":{}}', ours, 7).toString('latin1'), damaged, 'its content is not a list of keys'],

	[
		'kdf-below-floor',
		withHeader(({slots}) => {
			slots[0]!.kdf['m'] = 8;
		}),
		damaged,
		cost,
	],
	[
		'kdf-above-ceiling',
		withHeader(({slots}) => {
			slots[0]!.kdf['m'] = 2 ** 31;
		}),
		damaged,
		cost,
	],
	[
		'kdf-too-few-passes',
		withHeader(({slots}) => {
			slots[0]!.kdf['t'] = 1;
		}),
		damaged,
		cost,
	],
	[
		'kdf-too-many-passes',
		withHeader(({slots}) => {
			slots[0]!.kdf['t'] = 1e9;
		}),
		damaged,
		cost,
	],
	[
		'kdf-too-many-lanes',
		withHeader(({slots}) => {
			slots[0]!.kdf['p'] = 17;
		}),
		damaged,
		cost,
	],
	[
		'kdf-altered-within-bounds',
		withHeader(({slots}) => {
			slots.splice(4);
			slots[0]!.kdf['t'] = 3;
		}),
		'wrong-passphrase',
	],
	[
		'kdf-unknown',
		withHeader(({slots}) => {
			slots[0]!.kdf['name'] = 'pbkdf2';
		}),
		damaged,
		header,
	],

	[
		'slots-none',
		withHeader(header => {
			header.slots = [];
		}),
		damaged,
		header,
	],
	[
		'slots-too-many',
		withHeader(header => {
			header.slots = Array.from({length: 33}, (_, index) => ({
				...header.slots[0]!,
				id: Buffer.alloc(8, index).toString('base64'),
			}));
		}),
		damaged,
		header,
	],
	[
		'slots-swapped',
		withHeader(({slots}) => {
			slots.reverse();
		}),
		damaged,
		header,
	],
	[
		'slots-with-exchanged-keys',
		withHeader(({slots: [first, , , , last]}) => {
			[first!.wrapped, last!.wrapped, first!.nonce, last!.nonce] = [
				last!.wrapped,
				first!.wrapped,
				last!.nonce,
				first!.nonce,
			];
		}),
		'wrong-passphrase',
	],
	[
		'slot-dropped',
		withHeader(({slots}) => {
			slots.pop();
		}),
		damaged,
		header,
	],
	[
		'slot-twice',
		withHeader(({slots}) => {
			slots.push(slots[0]!);
		}),
		damaged,
		header,
	],
	[
		'slot-with-id-of-another',
		withHeader(({slots}) => {
			slots[4] = {...slots[4]!, id: slots[0]!.id};
		}),
		damaged,
		header,
	],
	[
		'slot-of-unknown-type',
		withHeader(({slots}) => {
			Object.assign(slots[2]!, {type: 'fingerprint'});
		}),
		damaged,
		header,
	],
	[
		'slot-of-another-vault',
		withHeader(header => {
			header.slots = (JSON.parse(Buffer.from(parsed(others).header, 'base64').toString()) as LooseHeader).slots;
		}),
		'wrong-passphrase',
	],
	[
		'slot-of-other-type',
		withHeader(({slots}) => {
			slots.splice(1, 2, {...slots[2]!, type: 'recovery'});
		}),
		damaged,
		header,
	],
];
