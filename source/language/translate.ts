/**
 * From the English of the source, with `{0}`, `{1}` … for its values, to another language: a record such as
 * `{'There is no key named {0}.': '…'}`. An empty text counts as none.
 */
export type Translations = Readonly<Record<string, string>>;

type Value = string | number;

/** How a text came about: its English, and its values, some of which came about in the same way. */
export type Message = {readonly id: string; readonly values: readonly (Value | Message)[]};

/** Lists as in “a, b and c”: an American one has a comma before its “and”. */
const english = {translations: {} as Translations, tag: 'en-GB'};

let chosen = english;
let made: Map<string, Message> | undefined;
const ids = new WeakMap<TemplateStringsArray, string>();

/** Affects what is rendered from now on. `{}` is English. `tag` names the language to `Intl`. */
export function setTranslations(translations: Translations, tag = english.tag): void {
	chosen = {translations, tag};
}

/**
 * A sentence for people, in the language that was chosen; in English where it has no translation. A line break in the
 * template, with the blanks around it, counts as one blank.
 */
export function t(strings: TemplateStringsArray, ...values: readonly Value[]): string {
	const id = idOf(strings);
	const text = rendered(id, values);
	made?.set(text, {id, values: values.map(value => made?.get(String(value)) ?? value)});
	return text;
}

function rendered(id: string, values: readonly Value[]): string {
	const text = (Object.hasOwn(chosen.translations, id) && chosen.translations[id]) || id;
	if (values.length === 0) return text;
	// By a function, since a value may hold `$&`; in one pass, since a value may hold `{1}`.
	return text.replaceAll(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}

/** A text, and how it can be said again in another language; without that where it is not one of {@link t}. */
export function recorded(render: () => string): {readonly text: string; readonly message?: Message} {
	made = new Map();
	try {
		const text = render();
		const message = made.get(text);
		return {text, ...(message && {message})};
	} finally {
		made = undefined;
	}
}

/** Says in the language that was chosen what was recorded. */
export function say({id, values}: Message): string {
	return rendered(
		id,
		values.map(value => (typeof value === 'object' ? say(value) : value)),
	);
}

/** Several sentences, one after another. */
export function sentences(...all: readonly string[]): string {
	return all.filter(one => one !== '').reduce((before, next) => (before === '' ? next : t`${before} ${next}`), '');
}

/** A sentence of a table, which is made before the language is chosen: the call renders it. */
export type Translatable = () => string;

/** Like {@link t}, rendered later. */
export function msg(strings: TemplateStringsArray, ...values: readonly Value[]): Translatable {
	return () => t(strings, ...values);
}

/** Such as “a, b and c”. */
export function listed(words: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
	// Intl takes milliseconds to load.
	return words.length < 2 ? words.join('') : new Intl.ListFormat(chosen.tag, {type}).format(words);
}

/** Runs `render` in English whatever language was chosen: for JSON and for texts that are stored. */
export function inEnglish<Result>(render: () => Result): Result {
	const before = chosen;
	chosen = english;
	try {
		return render();
	} finally {
		chosen = before;
	}
}

/** What a template is found by in {@link Translations}. */
export function messageId(parts: readonly string[]): string {
	return parts
		.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`))
		.join('')
		.replaceAll(/\s*\n\s*/g, ' ');
}

function idOf(strings: TemplateStringsArray): string {
	const known = ids.get(strings);
	if (known !== undefined) return known;
	const id = messageId(strings);
	ids.set(strings, id);
	return id;
}
