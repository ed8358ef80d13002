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
	if (depthOf(text) > mostDepth) return {problem: t`is JSON that nests deeper than ${mostDepth} levels`};
	try {
		return {value: JSON.parse(text)};
	} catch (error) {
		// The parser's own message quotes the text, so only the position is used.
		const message = (error as Error).message;
		if (message === 'Unexpected end of JSON input') return {problem: t`is not JSON: its end is missing`};
		const position = /\(line (\d+) column (\d+)\)$/.exec(message);
		return {problem: position ? t`is not JSON: see line ${position[1]!}, column ${position[2]!}` : t`is not JSON`};
	}
}

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

function endOfString(text: string, start: number): number {
	let at = start + 1;
	while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
	return at;
}
