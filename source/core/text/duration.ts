/** Units with their length in ms, largest first. */
export const units = [
	['d', 86_400_000],
	['h', 3_600_000],
	['m', 60_000],
	['s', 1000],
] as const;

/** Reads `90s`, `15m`, `8h` or `2d` into ms; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
	const [, amount, letter] = /^(\d{1,6})([dhms])$/.exec(text) ?? [];
	const unit = units.find(([name]) => name === letter);
	return unit && Number(amount) * unit[1];
}

/** Writes whole seconds as {@link parseDuration} reads them, in one unit: `10m`, `90s`. */
export function durationText(ms: number): string {
	const [letter, span] = units.find(([, span]) => ms >= span && ms % span === 0) ?? ['s', 1000];
	return `${Math.round(ms / span)}${letter}`;
}

/**
 * The two largest units: `15m`, `7h 59m`, `4s`. Rounds up to a second, so that a span that has not ended is never `0s`.
 */
export function formatDuration(ms: number): string {
	let left = Math.ceil(Math.max(0, ms) / 1000) * 1000;
	const parts = units.map(([letter, span]) => {
		const amount = Math.floor(left / span);
		left -= amount * span;
		return {letter, amount};
	});
	const first = parts.findIndex(({amount}) => amount > 0);
	return first === -1
		? '0s'
		: parts
				.slice(first, first + 2)
				.filter(({amount}) => amount > 0)
				.map(({letter, amount}) => `${amount}${letter}`)
				.join(' ');
}
