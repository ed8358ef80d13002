/** The code of F1 in the kitty keyboard protocol, for private use in Unicode; those of the others follow. */
const firstCode = 0xe0_14;
/** The numbers of F1 to F12 in the sequences of the VT220. */
const numbers = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24];

export const functionKeys: readonly string[] = numbers.map((_, index) => `f${index + 1}`);

/** F3 is not among the letters after CSI: `R` ends a report of the cursor’s place. */
const sequence = new RegExp(
	String.raw`(?<meta>\u001B?)\u001B(?:O(?<ss3>[PQRS])|\[\[(?<linux>[A-E])` +
		String.raw`|\[(?:1(?<held>;\d+(?::\d+)?)?)?(?<letter>[PQS])` +
		String.raw`|\[(?<number>1[1-57-9]|2[0134])(?<with>;\d+(?::\d+)?)?~)`,
	'g',
);

/** Writes each function key as the code that `functionKeyOf` knows: Ink tells of no other that has no text. */
export function withFunctionKeys(text: string): string {
	return text.replaceAll(sequence, (...match) => {
		const {meta, ss3, linux, letter, number, ...held} = match.at(-1) as Record<string, string | undefined>;
		const letters = ss3 ?? letter;
		const index = letters ? 'PQRS'.indexOf(letters) : linux ? 'ABCDE'.indexOf(linux) : numbers.indexOf(Number(number));
		const code = firstCode + index;
		return `\u001B[${code}${held['held'] ?? held['with'] ?? (meta ? ';3' : ';1')};${code}u`;
	});
}

/** The function key that a text of `withFunctionKeys` stands for. */
export function functionKeyOf(text: string): string | undefined {
	return functionKeys[text.charCodeAt(0) - firstCode];
}
