import {setImmediate as breathe} from 'node:timers/promises';
import {isAppError} from '../../source/core/errors.ts';
import {decodeContent} from '../../source/vault/format/content.ts';
import {openSealed, parseSealed, seal} from '../../source/vault/format/seal.ts';

export type Fuzzed = {
	readonly tried: number;
	readonly refused: Readonly<Record<string, number>>;
	/** Made with the vault's own key, and whole: no attacker could make them. */
	readonly opened: number;
	readonly slowestMs: number;
	/** What must not happen, each with the seed and the number that make it again. */
	readonly wrong: readonly string[];
};

/** Numbers that look random and are the same for the same seed (mulberry32). */
function randomFrom(seed: number) {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return (mixed ^ (mixed >>> 14)) >>> 0;
	};

	const below = (limit: number) => next() % limit;
	return {
		below,
		pick: <Item>(items: readonly Item[]): Item => items[below(items.length)]!,
		bytes: (length: number) => Buffer.from(Array.from({length}, () => below(256))),
	};
}

type Random = ReturnType<typeof randomFrom>;
type Loose = Record<string, unknown>;

const strange = [
	null,
	true,
	false,
	0,
	-0,
	-1,
	1,
	2,
	3,
	0.5,
	1e300,
	2 ** 53,
	2 ** 31,
	19 * 1024,
	2 ** 40,
	'',
	' ',
	'a',
	'__proto__',
	'\u{0}',
	'\u{D800}',
	'AAAA',
	'A'.repeat(70_000),
	[],
	{},
	[[]],
	{format: 'okx-keys-vault'},
	'okx-keys-vault',
	'argon2id',
	'ssh-agent',
	'passphrase',
	'constructor',
] as const;

function print(file: unknown): Buffer {
	return Buffer.from(`${JSON.stringify(file, undefined, '\t')}\n`);
}

/** All objects and lists within a value. */
function places(value: unknown): Loose[] {
	if (typeof value !== 'object' || value === null) return [];
	return [value as Loose, ...Object.values(value).flatMap(inner => places(inner))];
}

/** Changes one member somewhere: another value, gone, there twice over, under another name, or at another place. */
function disturb(value: object, {pick, below}: Random): void {
	const place = pick(places(value));
	const member = pick([...Object.keys(place), 'more']);
	switch (below(5)) {
		case 0: {
			delete place[member];
			break;
		}

		case 1: {
			place[pick(['__proto__x', 'toString', 'length', 'id', '0', '\u{202E}'])] = place[member];
			break;
		}

		case 2: {
			const moved = place[member];
			delete place[member];
			place[member] = moved;
			break;
		}

		case 3: {
			place[member] = structuredClone(pick(places(value)));
			break;
		}

		default: {
			place[member] = pick(strange);
		}
	}
}

/** Cuts, doubles, exchanges, inverts and inserts, without a thought of what the bytes mean. */
function scribble(bytes: Buffer, {below, bytes: random, pick}: Random): Buffer {
	const at = below(bytes.length + 1);
	const length = pick([1, 1, 2, 7, 64, 4096]);
	const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
	return Buffer.concat(
		pick([
			[before, after],
			[before, part, part, after],
			[after, part, before],
			[before, random(part.length), after],
			[before, random(length), part, after],
			[before],
		]),
	);
}

/** Like `scribble`, on what a member of the file decodes to. */
function inside(file: Record<string, unknown>, member: string, change: (bytes: Buffer) => Buffer): Buffer {
	return print({...file, [member]: change(Buffer.from(String(file[member]), 'base64')).toString('base64')});
}

function parsed(text: Buffer): Record<string, unknown> {
	return JSON.parse(text.toString('latin1')) as Record<string, unknown>;
}

/**
 * Alters a vault in ways that keep more or less of its form and opens what results, for so many ms. Without the key
 * nothing altered may open; with it, the parts that lie behind the proof are reached too, and may refuse in no other
 * way.
 */
export async function fuzz(
	whole: Buffer,
	dek: Buffer,
	{seed, ms}: {readonly seed: number; readonly ms: number},
): Promise<Fuzzed> {
	const refused: Record<string, number> = {};
	const wrong: string[] = [];
	let [tried, opened, slowestMs] = [0, 0, 0];
	const {header} = parseSealed(whole, '');

	const withoutKey: readonly ((random: Random) => Buffer)[] = [
		random => scribble(whole, random),
		random => scribble(scribble(whole, random), random),
		random => {
			const file = parsed(whole);
			disturb(file, random);
			return print(file);
		},
		random => inside(parsed(whole), random.pick(['header', 'mac', 'ciphertext']), bytes => scribble(bytes, random)),
		random =>
			inside(parsed(whole), 'header', bytes => {
				const altered = parsed(bytes);
				for (let times = random.below(3); times >= 0; times--) disturb(altered, random);
				return Buffer.from(JSON.stringify(altered));
			}),
		random => Buffer.from(JSON.stringify(random.pick(strange)) ?? ''),
		random => random.bytes(random.below(200)),
	];
	const withKey: readonly ((random: Random) => Buffer)[] = [
		random => seal(scribble(Buffer.from('{"keys":[]}'), random), dek, header, length => random.bytes(length)),
		random => {
			const content = {
				keys: [{id: 'a', credential: {apiKey: 'a'}, account: {}, permissions: [], ip: [], tags: []}],
				sandbox: {},
				slots: {},
			};
			disturb(content, random);
			return seal(Buffer.from(JSON.stringify(content)), dek, header, length => random.bytes(length));
		},
		random => {
			const altered = structuredClone(header);
			disturb(altered, random);
			return seal(Buffer.from('{"keys":[]}'), dek, altered, length => random.bytes(length));
		},
	];

	const end = performance.now() + ms;
	for (let number = 0; performance.now() < end; number++) {
		if (number % 100 === 0) await breathe();
		const random = randomFrom(seed + number);
		const isOurs = random.below(4) === 0;
		let bytes: Buffer;
		try {
			bytes = random.pick(isOurs ? withKey : withoutKey)(random);
		} catch {
			// Strange enough that it cannot even be written.
			continue;
		}

		tried++;
		const start = performance.now();
		try {
			decodeContent(openSealed(parseSealed(bytes, ''), dek, ''), '');
			if (isOurs) opened++;
			else if (!bytes.equals(whole)) wrong.push(`${seed + number}: an altered vault opens`);
		} catch (error) {
			if (isAppError(error) && ['not-a-vault', 'vault-newer', 'vault-damaged'].includes(error.code))
				refused[error.code] = (refused[error.code] ?? 0) + 1;
			else wrong.push(`${seed + number}: ${String(error)}`);
		}

		slowestMs = Math.max(slowestMs, performance.now() - start);
	}

	return {tried, refused, opened, slowestMs, wrong};
}
