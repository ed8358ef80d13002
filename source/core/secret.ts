import {AppError} from '../errors.ts';

const dots = '••••••••';
/** Arguments that every engine takes at once. */
const chunk = 8192;

/**
 * A text that must not be seen: it prints as dots through toString, templates, JSON, inspect and console.
 * Only `reveal()` gives the text; every call of it is a place to look at in a review.
 *
 * The text is kept as numbers in memory of its own, which `wipe()` overwrites: a string cannot be, and stays until the
 * engine happens to use its place again. What `reveal()` gives is such a string, so keep it as short as possible.
 */
export class Secret {
	readonly #units: Uint16Array;
	#isWiped = false;

	constructor(text: string) {
		this.#units = new Uint16Array(text.length);
		for (let index = 0; index < text.length; index++) this.#units[index] = text.charCodeAt(index);
	}

	/** Throws `locked` once it has been wiped. */
	reveal(): string {
		if (this.#isWiped) throw new AppError('locked');
		let text = '';
		for (let start = 0; start < this.#units.length; start += chunk) text += String.fromCharCode.apply(null, this.#units.subarray(start, start + chunk) as unknown as number[]);
		return text;
	}

	/** Overwrites the text. Idempotent. */
	wipe(): void {
		this.#units.fill(0);
		this.#isWiped = true;
	}

	/** Compares without ending early, so that the time taken tells nothing about where two secrets differ. Throws `locked` like `reveal`. */
	equals(other: Secret): boolean {
		if (this.#isWiped || other.#isWiped) throw new AppError('locked');
		const [left, right] = [this.#units, other.#units];
		let difference = left.length ^ right.length;
		for (let index = 0; index < left.length; index++) difference |= left[index]! ^ (right[index] ?? 0);
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
