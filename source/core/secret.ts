const dots = '••••••••';

/**
 * A text that must not be seen: it prints as dots through toString, templates, JSON, inspect and console.
 * Only `reveal()` gives the text; every call of it is a place to look at in a review.
 */
export class Secret {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	reveal(): string {
		return this.#text;
	}

	/** Compares without ending early, so that the time taken tells nothing about where two secrets differ. */
	equals(other: Secret): boolean {
		const [left, right] = [this.#text, other.#text];
		let difference = left.length ^ right.length;
		for (let index = 0; index < left.length; index++) difference |= left.charCodeAt(index) ^ (right.charCodeAt(index) || 0);
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
