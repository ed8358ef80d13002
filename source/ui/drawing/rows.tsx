import {useLayoutEffect, useRef, type ReactNode} from 'react';
import {Box, Text, type DOMElement} from 'ink';
import {setPicture} from '../painting/painter.ts';
import {cutSign, runsOf, type Piece, type Row} from './runs.ts';
import {withSigns, symbols} from './theme.ts';
import {useAppearance} from './styled-text.tsx';
import {t} from '../../language/translate.ts';

export type {Row};

/** The sign of the selected row of a list, or of the field that has the keyboard; other rows have two spaces there. */
const isMark = (piece: Piece | undefined) =>
	typeof piece === 'object' && piece.text.trimEnd() === symbols.selected && piece.tone === 'accent';

export function Rows({rows, width}: {readonly rows: readonly Row[]; readonly width: number}): ReactNode {
	const look = useAppearance();
	return look.isSpoken ? <SpokenRows rows={rows} /> : <DrawnRows rows={rows} width={width} />;
}

/** The rows as a picture: an element of Ink for each of them would cost most of a frame's time. */
function DrawnRows({rows, width}: {readonly rows: readonly Row[]; readonly width: number}): ReactNode {
	const look = useAppearance();
	const box = useRef<DOMElement>(null);
	useLayoutEffect(() => {
		setPicture(box.current!, {
			rows: rows.map(row => runsOf(row, look)),
			width,
			cut: cutSign(look),
		});
	}, [rows, width, look]);
	return <Box ref={box} width={width} height={rows.length} flexShrink={0} />;
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
