import {readJson, type ReadJson} from '../core/text/reading/read-json.ts';
import {isObject} from '../core/is-object.ts';

/** A text that may be of any format. */
export type Source = {
	/** Names the text in sentences. */
	readonly from: string;
	readonly text: string;
	/** For a key that has none in the text. */
	readonly name: string;
	/** Where every format has shown what it is. */
	readonly beginning: string;
	/** Comments and last commas are allowed. */
	readonly json: () => ReadJson;
};

/** UTF-16 units; each known kind of file has its keys near its beginning. */
const beginning = 64 * 1024;

/** JSON is read when it is first asked for, and once. */
export function sourceOf(text: string, from: string, name = ''): Source {
	let read: ReadJson | undefined;
	return {
		from,
		text,
		name,
		beginning: text.slice(0, beginning),
		json: () => (read ??= readJson(text, {allowComments: true})),
	};
}

/** Whether a JSON value is an object with these members. */
export function has(value: unknown, ...names: readonly string[]): boolean {
	return isObject(value) && names.every(name => Object.hasOwn(value, name));
}

/** Whether a member of a JSON value has these members. */
export function hasOneWith(value: unknown, ...names: readonly string[]): boolean {
	return (isObject(value) || Array.isArray(value)) && Object.values(value).some(one => has(one, ...names));
}

/** An own member of a JSON value; undefined if there is none. */
export function memberOf(value: unknown, name: string): unknown {
	return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The members of a JSON value, or the entries of an array; none of anything else. */
export function listOf(value: unknown): readonly (readonly [name: string, value: unknown])[] {
	return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
