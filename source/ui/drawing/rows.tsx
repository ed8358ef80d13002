import type {ReactNode} from 'react';
import {Box, Text} from 'ink';
import {truncate, width as widthOf} from '../../core/text/width.ts';
import {withSigns, styleOf, symbols, type Tone} from './theme.ts';
import {useAppearance} from './styled-text.tsx';
import {t} from '../../language/translate.ts';

/** One terminal row of sanitized texts, each with a tone; what does not fit is cut off. */
export type Row = readonly Piece[];
type Piece = string | {readonly text: string; readonly tone: Tone};

/** The sign of the selected row of a list, or of the field that has the keyboard; other rows have two spaces there. */
const isMark = (piece: Piece | undefined) =>
	typeof piece === 'object' && piece.text.trimEnd() === symbols.selected && piece.tone === 'accent';

const textOf = (piece: Piece) => (typeof piece === 'string' ? piece : piece.text);

/** Cuts a row to at most `columns` as `truncate` does. Ink would mark the cut with a sign that is not ASCII. */
export function fitRow(row: Row, columns: number): Row {
	if (row.reduce((sum, piece) => sum + widthOf(textOf(piece)), 0) <= columns) return row;
	const fitted: Piece[] = [];
	let left = columns;
	for (const piece of row) {
		const text = textOf(piece);
		const wide = widthOf(text);
		const isCut = wide >= left;
		// The space makes a piece too long that fills the row to its end.
		const shown = isCut ? truncate(`${text} `, left) : text;
		fitted.push(typeof piece === 'string' ? shown : {...piece, text: shown});
		if (isCut) break;
		left -= wide;
	}

	return fitted;
}

export function Rows({rows, width}: {readonly rows: readonly Row[]; readonly width: number}): ReactNode {
	const look = useAppearance();
	if (look.isSpoken) return <SpokenRows rows={rows} />;
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			{rows.map((row, index) => (
				// A row is what stands on that line: the line is its identity.
				// oxlint-disable-next-line react/no-array-index-key
				<Text key={index} wrap="truncate">
					{row.length === 0
						? ' '
						: fitRow(row, width).map((piece, at) =>
								typeof piece === 'string' ? (
									withSigns(piece, look)
								) : (
									// oxlint-disable-next-line react/no-array-index-key
									<Text key={at} {...styleOf(piece.tone, look)}>
										{withSigns(piece.text, look)}
									</Text>
								),
							)}
				</Text>
			))}
		</Box>
	);
}

/** The rows as sentences; those of a list say which of how many they are. */
function SpokenRows({rows}: {readonly rows: readonly Row[]}): ReactNode {
	const look = useAppearance();
	const items = rows.filter(([first]) => isMark(first) || first === '  ');
	return (
		<Box flexDirection="column">
			{rows.map((row, index) => {
				const isSelected = isMark(row[0]);
				const text = row.map(piece => withSigns(typeof piece === 'string' ? piece : piece.text, look)).join('');
				const isItem = items.length > 1 && items.some(([first]) => isMark(first)) && items.includes(row);
				const said = text.trim().replaceAll(/ {2,}/g, ', ');
				return (
					// oxlint-disable-next-line react/no-array-index-key
					<Box key={index} aria-state={{selected: isSelected}}>
						<Text>{isItem ? t`${said} (${items.indexOf(row) + 1} of ${items.length})` : said}</Text>
					</Box>
				);
			})}
		</Box>
	);
}
