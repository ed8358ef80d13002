/** A fast path for most names: other names need the collator, which takes 9 ms to load. */
const plain = /^[\w-]*$/;

let collator: Intl.Collator | undefined;

/** Compares names for `sort`: numbers by value, letters without case, the same on every machine. */
export function byName(left: string, right: string): number {
	if (plain.test(left) && plain.test(right)) return comparePlain(left, right);
	collator ??= new Intl.Collator('en', {numeric: true, sensitivity: 'base'});
	return collator.compare(left, right);
}

function comparePlain(left: string, right: string): number {
	let at = 0;
	let other = 0;
	while (at < left.length && other < right.length) {
		if (isDigit(left, at) && isDigit(right, other)) {
			const [number, counterpart] = [digitsFrom(left, at), digitsFrom(right, other)];
			const difference = number.value.length - counterpart.value.length || order(number.value, counterpart.value);
			if (difference !== 0) return difference;
			at = number.end;
			other = counterpart.end;
		} else {
			const difference = rankOf(left, at++) - rankOf(right, other++);
			if (difference !== 0) return difference;
		}
	}

	return left.length - at - (right.length - other);
}

function isDigit(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return code >= 0x30 && code <= 0x39;
}

function digitsFrom(text: string, start: number): {readonly value: string; readonly end: number} {
	let end = start;
	while (isDigit(text, end)) end++;
	return {value: text.slice(start, end).replace(/^0+/, ''), end};
}

function order(left: string, right: string): number {
	return left === right ? 0 : left < right ? -1 : 1;
}

/** The order is `_`, `-`, digits, letters. */
function rankOf(text: string, at: number): number {
	const character = text[at]!;
	return character === '_' ? 0 : character === '-' ? 1 : character.toLowerCase().charCodeAt(0);
}
