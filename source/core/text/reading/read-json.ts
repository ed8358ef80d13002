import {t} from '../../../language/translate.ts';
import stripJsonComments from 'strip-json-comments';

/** A problem continues a sentence that begins with a name: “is not JSON: see line 3, column 5”. */
export type ReadJson =
	| {readonly value: unknown; readonly problem?: never}
	| {readonly problem: string; readonly value?: never};

type ReadJsonOptions = {
	/** Accepts comments and a comma after the last member, as configurations of several bots have them. */
	readonly allowComments?: boolean;
};

/** Real files and answers are never this deep; nested brackets alone would keep the parser busy for half a minute. */
const mostDepth = 64;
/** Longest configuration with comments, in UTF-16 units. */
const mostCommented = 1024 * 1024;

/** Reads untrusted JSON in linear time. Errors never quote the text, because it may contain a secret. */
export function readJson(text: string, {allowComments = false}: ReadJsonOptions = {}): ReadJson {
	const strict = parse(text);
	if (strict.problem === undefined || !allowComments || text.length > mostCommented) return strict;
	return parse(stripJsonComments(text, {trailingCommas: true}));
}

function parse(text: string): ReadJson {
	if (text.trim() === '') return {problem: t`is empty`};
	const {depth, members} = shapeOf(text);
	if (depth > mostDepth) return {problem: t`is JSON that nests deeper than ${mostDepth} levels`};
	try {
		const value: unknown = JSON.parse(text);
		// The parser keeps the last of them, so a key in the first one would be lost without a word.
		if (membersIn(value) < members) return {problem: t`is JSON that has a member twice in one object`};
		return {value};
	} catch (error) {
		// The parser's own message quotes the text, so only the position is used.
		const message = (error as Error).message;
		if (message === 'Unexpected end of JSON input') return {problem: t`is not JSON: its end is missing`};
		const position = /\(line (\d+) column (\d+)\)$/.exec(message);
		return {problem: position ? t`is not JSON: see line ${position[1]!}, column ${position[2]!}` : t`is not JSON`};
	}
}

/** Outside strings, each colon of valid JSON belongs to one member. */
function shapeOf(text: string): {readonly depth: number; readonly members: number} {
	let open = 0;
	let depth = 0;
	let members = 0;
	for (let at = 0; at < text.length && depth <= mostDepth; at++) {
		const character = text[at];
		if (character === '"') at = endOfString(text, at);
		else if (character === '[' || character === '{') depth = Math.max(depth, ++open);
		else if (character === ']' || character === '}') open--;
		else if (character === ':') members++;
	}

	return {depth, members};
}

function membersIn(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0;
	const inner: readonly unknown[] = Object.values(value);
	return inner.reduce<number>((sum, one) => sum + membersIn(one), Array.isArray(value) ? 0 : inner.length);
}

function endOfString(text: string, start: number): number {
	let at = start + 1;
	while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
	return at;
}
