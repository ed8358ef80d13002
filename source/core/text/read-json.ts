/** What a JSON text says, or why it is not read, in words that follow its name: “is not JSON: see line 3, column 5”. */
export type ReadJson =
	| {readonly value: unknown; readonly problem?: never}
	| {readonly problem: string; readonly value?: never};

type ReadJsonOptions = {
	/** Takes comments and a comma after the last member, as the configurations of several bots have them. */
	readonly allowComments?: boolean;
};

/**
 * No file that a person keeps and no answer of the exchange nests deeper; the parser takes half a minute for a text of
 * nothing but brackets.
 */
const mostDepth = 64;
/** What a configuration with comments may be long, in UTF-16 units. */
const mostCommented = 1024 * 1024;

/** Reads JSON from outside, which may be hostile. Linear in its length; never quotes it, for it may hold a secret. */
export function readJson(text: string, {allowComments = false}: ReadJsonOptions = {}): ReadJson {
	const strict = parse(text);
	if (strict.problem === undefined || !allowComments || text.length > mostCommented) return strict;
	const uncommented = blanked(text, commentsOf(text));
	return parse(blanked(uncommented, needlessCommasOf(uncommented)));
}

function parse(text: string): ReadJson {
	if (text.trim() === '') return {problem: 'is empty'};
	if (depthOf(text) > mostDepth) return {problem: `is JSON that nests deeper than ${mostDepth} levels`};
	try {
		return {value: JSON.parse(text)};
	} catch (error) {
		// The parser's own message quotes the text around the fault, and goes no further.
		const message = (error as Error).message;
		if (message === 'Unexpected end of JSON input') return {problem: 'is not JSON: its end is missing'};
		const place = /\(line (\d+) column (\d+)\)$/.exec(message);
		return {problem: place ? `is not JSON: see line ${place[1]}, column ${place[2]}` : 'is not JSON'};
	}
}

/** How deep brackets nest; counting ends above the most. */
function depthOf(text: string): number {
	let depth = 0;
	let deepest = 0;
	for (let at = 0; at < text.length && deepest <= mostDepth; at++) {
		const character = text[at];
		if (character === '"') at = endOfString(text, at);
		else if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
		else if (character === ']' || character === '}') depth--;
	}

	return deepest;
}

/** Where the string that begins at a quote ends: its closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
	let at = start + 1;
	while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
	return at;
}

type TextSpan = readonly [start: number, end: number];

/** The comments of a text, outside of its strings. */
function commentsOf(text: string): readonly TextSpan[] {
	const found: TextSpan[] = [];
	for (let at = 0; at < text.length; at++) {
		if (text[at] === '"') at = endOfString(text, at);
		const opening = text.slice(at, at + 2);
		if (opening !== '//' && opening !== '/*') continue;
		const close = text.indexOf(opening === '//' ? '\n' : '*/', at + 2);
		const end = close === -1 ? text.length : opening === '//' ? close : close + 2;
		found.push([at, end]);
		at = end - 1;
	}

	return found;
}

/** The commas after which a bracket closes, in a text without comments. */
function needlessCommasOf(text: string): readonly TextSpan[] {
	const found: TextSpan[] = [];
	let comma = -1;
	let before = '[';
	for (let at = 0; at < text.length; at++) {
		const character = text[at]!;
		if (' \t\r\n'.includes(character)) continue;
		if (comma !== -1 && (character === ']' || character === '}')) found.push([comma, comma + 1]);
		comma = character === ',' && !'[{,'.includes(before) ? at : -1;
		before = character;
		if (character === '"') at = endOfString(text, at);
	}

	return found;
}

/** The text with blanks in place of spans, so that every line and column stays where it was. */
function blanked(text: string, spans: readonly TextSpan[]): string {
	const pieces: string[] = [];
	let from = 0;
	for (const [start, end] of spans) {
		pieces.push(text.slice(from, start), text.slice(start, end).replaceAll(/[^\n\r]/g, ' '));
		from = end;
	}

	return pieces.join('') + text.slice(from);
}
