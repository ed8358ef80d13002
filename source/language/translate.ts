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
const templates = new WeakMap<TemplateStringsArray, Template>();

/** What a template is found by, and the parts of its text around the values. */
type Template = {readonly id: string; readonly parts: readonly string[]};

/** Affects what is rendered from now on. `{}` is English. `tag` names the language to `Intl`. */
export function setTranslations(translations: Translations, tag = english.tag): void {
	chosen = {translations, tag};
}

/**
 * A sentence for people, in the language that was chosen; in English where it has no translation. A line break in the
 * template, with the blanks around it, counts as one blank.
 */
export function t(strings: TemplateStringsArray, ...values: readonly Value[]): string {
	const {id, parts} = templateOf(strings);
	const text = translationOf(id) === undefined ? joined(parts, values) : rendered(id, values);
	made?.set(text, {id, values: values.map(value => made?.get(String(value)) ?? value)});
	return text;
}

function translationOf(id: string): string | undefined {
	return (Object.hasOwn(chosen.translations, id) && chosen.translations[id]) || undefined;
}

function joined(parts: readonly string[], values: readonly Value[]): string {
	let text = parts[0]!;
	for (let index = 0; index < values.length; index++) text += `${values[index]!}${parts[index + 1]!}`;
	return text;
}

function rendered(id: string, values: readonly Value[]): string {
	const text = translationOf(id) ?? id;
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
	return inOneLine(parts)
		.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`))
		.join('');
}

function inOneLine(parts: readonly string[]): string[] {
	return parts.map(part => part.replaceAll(/\s*\n\s*/g, ' '));
}

function templateOf(strings: TemplateStringsArray): Template {
	const known = templates.get(strings);
	if (known !== undefined) return known;
	const template = {id: messageId(strings), parts: inOneLine(strings)};
	templates.set(strings, template);
	return template;
}
