import type {ReactNode} from 'react';
import {Box} from 'ink';
import TextInput from 'ink-text-input';
import {insert, normalizePaste, type LineState} from '../../core/text/editing/line-editor.ts';
import {width as columnsOf} from '../../core/text/width.ts';
import {useHasKeyboard, useLayer} from '../keyboard/layers.ts';
import {withSigns, symbols} from '../drawing/theme.ts';
import {lineLayer} from './line-layer.ts';
import {valueRows} from '../drawing/line-rows.ts';
import {SpokenField} from './spoken-field.tsx';
import {Rows} from '../drawing/rows.tsx';
import {useAppearance} from '../drawing/styled-text.tsx';
import {msg, type Translatable} from '../../language/translate.ts';

/** In UTF-16 units; filters and searches are short. */
const options = {most: 200};

/** What a sign stands for, where it is no word itself. */
const names: Readonly<Record<string, Translatable>> = {'/': msg`Filter`, ':': msg`Action`};

type Props = {
	readonly sign: string;
	readonly line: LineState;
	/** Takes a function of the newest line, because several keys may arrive before the next frame. */
	readonly onLine: (change: (line: LineState) => LineState) => void;
	readonly width: number;
};

/** A one-line filter or search. ink-text-input only draws it; keys are handled as in every other field. */
export function InputLine({sign, line, onLine, width}: Props): ReactNode {
	const layer = lineLayer(line, onLine, options);
	useLayer({
		...layer,
		paste(text) {
			onLine(before => insert(before, (normalizePaste(text) ?? '').trim(), options));
			return true;
		},
	});
	const look = useAppearance();
	const hasKeyboard = useHasKeyboard();
	if (look.isSpoken) return <SpokenField label={names[sign]?.() ?? sign} text={line.text} isFocused={hasKeyboard} />;
	const start = `${sign} `;
	const pieces = valueRows(line, hasKeyboard, width - columnsOf(start), 1)[0]!;
	return (
		<Box height={1} width={width} overflow="hidden">
			<Rows rows={[[{text: start, tone: 'accent'}]]} width={columnsOf(start)} />
			{pieces.map((piece, index) =>
				typeof piece === 'string' ? (
					// A piece is what stands before, at or after the cursor.
					// oxlint-disable-next-line react/no-array-index-key
					<TextInput key={index} value={withSigns(piece, look)} onChange={() => {}} focus={false} />
				) : (
					// oxlint-disable-next-line react/no-array-index-key
					<Cursor key={index} text={look.color ? piece.text : symbols.cursor + piece.text} />
				),
			)}
		</Box>
	);
}

function Cursor({text}: {readonly text: string}): ReactNode {
	return <Rows rows={[[{text, tone: 'cursor'}]]} width={columnsOf(text)} />;
}
