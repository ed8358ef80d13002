import {AppError} from './errors.ts';

const dots = '••••••••';
/** The number of arguments that every engine accepts in one call. */
const chunk = 8192;

/** Shared memory for many secrets, in UTF-16 units: cheaper than a buffer for each. */
export type Room = {readonly units: Uint16Array; used: number};

export function roomFor(length: number): Room {
	return {units: new Uint16Array(length), used: 0};
}

/**
 * A text that prints as dots through toString, templates, JSON, inspect and console; only `reveal()` returns it. It is
 * kept in a buffer that `wipe()` overwrites, while a revealed string stays in memory until it is collected, so keep
 * that as short as possible.
 */
export class Secret {
	readonly #units: Uint16Array;
	readonly #start: number;
	readonly #length: number;
	#isWiped = false;

	/** `room` must be large enough; without it, the secret gets its own buffer. */
	constructor(text: string, room: Room = roomFor(text.length)) {
		this.#units = room.units;
		this.#start = room.used;
		this.#length = text.length;
		for (let index = 0; index < text.length; index++) this.#units[room.used++] = text.charCodeAt(index);
	}

	/** Throws `locked` after `wipe()`. */
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

	/** Idempotent. */
	wipe(): void {
		this.#units.fill(0, this.#start, this.#start + this.#length);
		this.#isWiped = true;
	}

	/**
	 * Compares in constant time, so that timing does not reveal where two secrets differ. Throws `locked` after
	 * `wipe()`.
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
