import type {ReactNode} from 'react';
import {Box, Text} from 'ink';
import {toAscii, styleOf, type Tone} from './theme.ts';
import {useAppearance} from './styled-text.tsx';

/** One terminal row of sanitized texts, each with a tone; what does not fit is cut off. */
export type Row = readonly Piece[];
type Piece = string | {readonly text: string; readonly tone: Tone};

export function Rows({rows, width}: {readonly rows: readonly Row[]; readonly width: number}): ReactNode {
	const look = useAppearance();
	return (
		<Box flexDirection="column" width={width} flexShrink={0}>
			{rows.map((row, index) => (
				// A row is what stands on that line: the line is its identity.
				// oxlint-disable-next-line react/no-array-index-key
				<Text key={index} wrap="truncate">
					{row.length === 0
						? ' '
						: row.map((piece, at) =>
								typeof piece === 'string' ? (
									toAscii(piece, look)
								) : (
									// oxlint-disable-next-line react/no-array-index-key
									<Text key={at} {...styleOf(piece.tone, look)}>
										{toAscii(piece.text, look)}
									</Text>
								),
							)}
				</Text>
			))}
		</Box>
	);
}
