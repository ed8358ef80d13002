import {useState, type Dispatch, type ReactNode, type SetStateAction} from 'react';
import {Box} from 'ink';
import {emptyLine, type LineState} from '../../core/text/editing/line-editor.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {wordsOf} from '../../core/text/search.ts';
import {truncate} from '../../core/text/width.ts';
import {t} from '../../language/translate.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {TextView, type LayOut} from '../drawing/text-view.tsx';
import {useViewport} from '../drawing/viewport.ts';
import {FilterLine} from './filter-line.tsx';

export type TextFilter = {
	readonly line: LineState;
	readonly onLine: Dispatch<SetStateAction<LineState>>;
	readonly words: readonly string[];
	readonly isEditing: boolean;
	readonly isSet: boolean;
	readonly edit: () => void;
	readonly accept: () => void;
	readonly clear: () => void;
};

export function useTextFilter(): TextFilter {
	const [line, onLine] = useState(emptyLine);
	const [isEditing, setEditing] = useState(false);
	return {
		line,
		onLine,
		words: wordsOf(line.text),
		isEditing,
		isSet: line.text !== '',
		edit() {
			setEditing(true);
		},
		accept() {
			setEditing(false);
		},
		clear() {
			onLine(emptyLine);
			setEditing(false);
		},
	};
}

/** A text that scrolls, below the words that it is filtered by. */
export function FilteredText({
	filter: {line, onLine, isEditing, isSet, accept, clear},
	rows,
}: {
	readonly filter: TextFilter;
	readonly rows: readonly Row[] | LayOut;
}): ReactNode {
	const {columns, rows: height} = useViewport();
	return (
		<Box flexDirection="column">
			{isEditing ? (
				<FilterLine line={line} onLine={onLine} width={columns} onAccept={accept} onCancel={clear} />
			) : (
				isSet && (
					<Rows
						width={columns}
						rows={[[{text: truncate(t`Filter: ${sanitize(line.text)}`, columns), tone: 'muted'}]]}
					/>
				)
			)}
			<TextView rows={rows} height={height - (isEditing || isSet ? 1 : 0)} />
		</Box>
	);
}
