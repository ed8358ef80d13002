import {AppError} from './errors.ts';

const dots = '••••••••';
/** Arguments that every engine takes at once. */
const chunk = 8192;

/** Memory for several secrets, in UTF-16 units: thousands of them cost less than each with its own. */
export type Room = {readonly units: Uint16Array; used: number};

export function roomFor(length: number): Room {
	return {units: new Uint16Array(length), used: 0};
}

/**
 * A text that must not be seen: it prints as dots through toString, templates, JSON, inspect and console. Only
 * `reveal()` gives the text; every call of it is a place to look at in a review.
 *
 * The text is kept as numbers in memory of its own, which `wipe()` overwrites: a string cannot be, and stays until
 * the engine happens to use its place again. What `reveal()` gives is such a string, so keep it as short as possible.
 */
export class Secret {
	readonly #units: Uint16Array;
	readonly #start: number;
	readonly #length: number;
	#isWiped = false;

	/** In `room`, which must be large enough, or in memory of its own. */
	constructor(text: string, room: Room = roomFor(text.length)) {
		this.#units = room.units;
		this.#start = room.used;
		this.#length = text.length;
		for (let index = 0; index < text.length; index++) this.#units[room.used++] = text.charCodeAt(index);
	}

	/** Throws `locked` once it has been wiped. */
	reveal(): string {
		if (this.#isWiped) throw new AppError('locked');
		let text = '';
		const end = this.#start + this.#length;
		for (let start = this.#start; start < end; start += chunk)
			text += String.fromCharCode.apply(
				null,
				this.#units.subarray(start, Math.min(start + chunk, end)) as unknown as number[],
			);
		return text;
	}

	/** Overwrites the text. Idempotent. */
	wipe(): void {
		this.#units.fill(0, this.#start, this.#start + this.#length);
		this.#isWiped = true;
	}

	/**
	 * Compares without ending early, so that the time taken tells nothing about where two secrets differ. Throws
	 * `locked` like `reveal`.
	 */
	equals(other: Secret): boolean {
		if (this.#isWiped || other.#isWiped) throw new AppError('locked');
		let difference = this.#length ^ other.#length;
		for (let index = 0; index < this.#length; index++)
			difference |=
				this.#units[this.#start + index]! ^ (index < other.#length ? other.#units[other.#start + index]! : 0);
		return difference === 0;
	}

	toString(): string {
		return dots;
	}

	toJSON(): string {
		return dots;
	}

	get [Symbol.toStringTag](): string {
		return 'Secret';
	}

	[Symbol.for('nodejs.util.inspect.custom')](): string {
		return `Secret(${dots})`;
	}
}
