import type {ReactNode} from 'react';
import {Box, Text} from 'ink';
import {sanitize} from '../../core/text/sanitize.ts';
import {graphemes} from '../../core/text/width.ts';

type Props = {
	readonly label: string;
	readonly text: string;
	readonly isFocused: boolean;
	readonly isMasked?: boolean;
	readonly problem?: string | undefined;
};

/** A field for a screen reader: all of its text ends the line, where what is typed is added. */
export function SpokenField({label, text, isFocused, isMasked = false, problem}: Props): ReactNode {
	const value = isMasked ? '*'.repeat(graphemes(text).length) : sanitize(text);
	return (
		<Box flexDirection="column">
			<Box aria-role="textbox" aria-state={{selected: isFocused}}>
				<Text>{`${label}: ${value}`}</Text>
			</Box>
			{problem !== undefined && <Text>{problem}</Text>}
		</Box>
	);
}
