/**
 * From the English of the source, with `{0}`, `{1}` … for its values, to another language: a record such as
 * `{'There is no key named {0}.': '…'}`.
 */
export type Translations = Readonly<Record<string, string>>;

type Value = string | number;

let translations: Translations = {};
const sources = new WeakMap<TemplateStringsArray, string>();

/** Affects what is rendered from now on. `{}` is English. */
export function setTranslations(chosen: Translations): void {
	translations = chosen;
}

/**
 * A sentence for people, in the language that was chosen; in English where it has no translation. A line break in the
 * template, with the blanks around it, counts as one blank.
 */
export function t(strings: TemplateStringsArray, ...values: readonly Value[]): string {
	const source = sourceOf(strings);
	const text = Object.hasOwn(translations, source) ? translations[source]! : source;
	if (values.length === 0) return text;
	// By a function, since a value may hold `$&`; in one pass, since a value may hold `{1}`.
	return text.replaceAll(/\{(\d+)\}/g, (placeholder, index: string) => String(values[Number(index)] ?? placeholder));
}

/** A sentence of a table, which is made before the language is chosen: the call renders it. */
export type Translatable = () => string;

/** Like {@link t}, rendered later. */
export function msg(strings: TemplateStringsArray, ...values: readonly Value[]): Translatable {
	return () => t(strings, ...values);
}

/** Runs `render` in English whatever language was chosen: for JSON and for texts that are stored. */
export function inEnglish<Result>(render: () => Result): Result {
	const chosen = translations;
	translations = {};
	try {
		return render();
	} finally {
		translations = chosen;
	}
}

function sourceOf(strings: TemplateStringsArray): string {
	const known = sources.get(strings);
	if (known !== undefined) return known;
	const source = strings
		.map((part, index) => (index === 0 ? part : `{${index - 1}}${part}`))
		.join('')
		.replaceAll(/\s*\n\s*/g, ' ');
	sources.set(strings, source);
	return source;
}
