/** What some terminals take in one OSC 52, in bytes of base64; longer ones are dropped without a word. */
const mostEncoded = 74_994;

/** What screen passes on in one control string, in bytes: it drops longer ones. */
const screenChunk = 240;

/** Overwrites the clipboard of terminals that ignore an empty text, then empties that of all others. */
export const osc52Clearing: readonly string[] = [sequence(btoa(' ')), sequence('')];

/** The control string that puts a text on the terminal's clipboard; undefined for a text that is too long. */
export function osc52(text: string): string | undefined {
	const bytes = new TextEncoder().encode(text);
	if (Math.ceil(bytes.length / 3) * 4 > mostEncoded) return undefined;
	return sequence(btoa(String.fromCharCode(...bytes)));
}

/** Has screen pass a control string on to its own terminal, unread and in pieces. */
export function throughScreen(control: string): string {
	const pieces = control.match(new RegExp(`[^]{1,${screenChunk}}`, 'g')) ?? [];
	return pieces.map(piece => `\u001BP${piece}\u001B\\`).join('');
}

function sequence(encoded: string): string {
	return `\u001B]52;c;${encoded}\u0007`;
}
