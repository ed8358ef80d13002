import type {ReactNode} from 'react';
import {emptyLine, insert, normalizePaste, type LineState} from '../../core/text/editing/line-editor.ts';
import {graphemes} from '../../core/text/width.ts';
import {useHasKeyboard, useLayer} from '../keyboard/layers.ts';
import {fieldRoom, fieldRow, labelWidth} from './field-row.ts';
import {lineLayer} from './line-layer.ts';
import {SpokenField} from './spoken-field.tsx';
import {wrap} from '../drawing/wrap.ts';
import {maskedRow, valueRows} from '../drawing/line-rows.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {KeepInView} from '../drawing/scroll.tsx';
import {useAppearance} from '../drawing/styled-text.tsx';
import {t} from '../../language/translate.ts';

export type TextFieldProps = {
	readonly label: string;
	readonly line: LineState;
	/** Takes a function of the newest line, because several keys may arrive before the next frame. */
	readonly onLine: (change: (line: LineState) => LineState) => void;
	readonly onRefused?: (reason: string) => void;
	readonly isFocused: boolean;
	readonly width: number;
	readonly isMasked?: boolean;
	/** The most rows shown; above one, the field accepts line breaks (Alt+Enter). */
	readonly rows?: number;
	/** The longest text in UTF-16 units, far above any sensible value; null for no limit. */
	readonly most?: number | null;
	/** Removes spaces and line breaks around a paste, for text copied from a web page. */
	readonly trims?: boolean;
	/** What a paste is taken for, before anything else is done with it. */
	readonly cleans?: (pasted: string) => string;
	/** Whether the rows of a paste are one line that was wrapped on screen. */
	readonly joins?: (pasted: string) => boolean;
	/** Handles a paste that belongs in several fields; returns whether it did. */
	readonly onPaste?: (text: string) => boolean;
	readonly hint?: string;
	/** Shown in place of the hint, also without the keyboard: the reason why the text is not valid. */
	readonly problem?: string | undefined;
};

/** In UTF-16 units, far above any sensible value of a field of one line. */
const usualMost = 4096;
const fullWords = (most: number) => t`This field takes at most ${most.toLocaleString('en')} characters.`;

const indent = ' '.repeat(labelWidth + 3);

export function TextField({
	label,
	line,
	onLine,
	onRefused,
	isFocused,
	width,
	isMasked = false,
	rows = 1,
	most = usualMost,
	trims = false,
	cleans,
	joins,
	onPaste,
	hint,
	problem,
}: TextFieldProps): ReactNode {
	const options = {multiline: rows > 1, most: most ?? Infinity};
	useLayer(
		{
			...lineLayer(line, onLine, options),
			paste(given) {
				const text = cleans?.(given) ?? given;
				if (onPaste?.(text)) return true;
				const whole = joins?.(text) === true ? text.replaceAll(/\s+/g, ' ') : text;
				const pasted = normalizePaste(trims ? whole.trim() : whole, options);
				if (pasted === undefined)
					onRefused?.(t`This field takes one line, and the paste has several; nothing was pasted.`);
				else onLine(before => insert(before, pasted, options));
				if (pasted !== undefined && line.text.length + pasted.length > options.most)
					onRefused?.(t`${fullWords(options.most)} The rest of the paste was left out.`);
				return true;
			},
		},
		isFocused,
	);

	const look = useAppearance();
	const hasCursor = useHasKeyboard() && isFocused;
	if (look.isSpoken)
		return <SpokenField label={label} text={line.text} isFocused={hasCursor} isMasked={isMasked} problem={problem} />;
	const room = fieldRoom(width);
	const values = isMasked ? [maskedRow(line, hasCursor, room)] : valueRows(line, hasCursor, room, rows);
	const shownRows = values.map((value, index): Row =>
		fieldRow(index === 0 ? label : undefined, value, {isFocused, color: look.color}),
	);
	const said = problem ?? (line.text.length >= options.most ? fullWords(options.most) : hint);
	const tone = problem === undefined ? 'muted' : 'bad';
	const isSaid = isFocused || problem !== undefined;
	const hints = said !== undefined && isSaid ? wrap(said, room).map((text): Row => [indent, {text, tone}]) : [];
	return (
		<KeepInView isFocused={isFocused}>
			<Rows width={width} rows={[...shownRows, ...hints]} />
		</KeepInView>
	);
}

export function countOf({text}: LineState = emptyLine): number {
	return graphemes(text).length;
}
