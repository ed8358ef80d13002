import {durationText, formatDuration, parseDuration} from '../text/duration.ts';
import {listed, msg, t, type Translatable} from '../../language/translate.ts';

/** What the values of a setting are. */
export type Kind<Value> = {
	/** Which values are allowed, in words that follow “It may be”. */
	readonly allowed: Translatable;
	/** The words that are allowed, where there are only some. */
	readonly choices?: readonly string[];
	/** Reads a value as it is typed; undefined for one that is not allowed. */
	readonly parse: (text: string) => Value | undefined;
	/** Writes a value as it is typed. */
	readonly format: (value: Value) => string;
	/** Reads a value of JSON; undefined for one that is not allowed. */
	readonly fromJson: (json: unknown) => Value | undefined;
	readonly toJson: (value: Value) => unknown;
};

const ofText = <Value>(read: (text: string) => Value | undefined) => ({
	parse: read,
	fromJson: (json: unknown) => (typeof json === 'string' ? read(json) : undefined),
});

export function oneOf<const Choice extends string>(choices: readonly Choice[]): Kind<Choice> {
	return {
		allowed: () => listed(choices, 'disjunction'),
		choices,
		...ofText(text => choices.find(choice => choice === text)),
		format: value => value,
		toJson: value => value,
	};
}

/** Milliseconds, written as in `90s` or `10m`. */
export function time(least: number, most: number): Kind<number> {
	return {
		allowed: msg`a time from ${formatDuration(least)} to ${formatDuration(most)}, such as 90s or 10m`,
		...ofText(text => {
			const ms = parseDuration(text);
			return ms !== undefined && ms >= least && ms <= most ? ms : undefined;
		}),
		format: durationText,
		toJson: durationText,
	};
}

export function wholeNumber(least: number, most: number): Kind<number> {
	const within = (value: number) => (Number.isInteger(value) && value >= least && value <= most ? value : undefined);
	return {
		allowed: msg`a whole number from ${least} to ${most}`,
		parse: text => (/^\d{1,9}$/.test(text) ? within(Number(text)) : undefined),
		format: String,
		fromJson: json => (typeof json === 'number' ? within(json) : undefined),
		toJson: value => value,
	};
}

/** Typed with spaces or commas between the items, or `none`; `read` gives undefined for what is no item. */
export function listOf(
	read: (text: string) => string | undefined,
	most: number,
	words: Translatable,
): Kind<readonly string[]> {
	const all = (texts: readonly string[]) => {
		const items = texts.map(text => read(text));
		const distinct = [...new Set(items.filter(item => item !== undefined))];
		return distinct.length <= most && items.every(item => item !== undefined) ? distinct : undefined;
	};
	return {
		allowed: () => t`${words()}, at most ${most} of them, or none`,
		parse(text) {
			if (text === 'none') return [];
			const items = text.split(/[\s,]+/).filter(word => word !== '');
			return items.length === 0 ? undefined : all(items);
		},
		format: value => (value.length === 0 ? 'none' : value.join(' ')),
		fromJson: json => (Array.isArray(json) && json.every(one => typeof one === 'string') ? all(json) : undefined),
		toJson: value => value,
	};
}
