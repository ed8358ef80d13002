import type {ReactNode} from 'react';
import {Box} from 'ink';
import type {ShownKey} from '../../../core/key/operation.ts';
import {truncate} from '../../../core/text/width.ts';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {useViewport} from '../../drawing/viewport.ts';
import {progressRow, type Progress} from '../../key-view/progress-row.ts';
import {countedRow, namesRow} from './key-words.ts';
import {t} from '../../../language/translate.ts';

type BulkFormProps = {
	readonly keys: readonly ShownKey[];
	/** The values that the keys have now, each as often as it occurs, and their label. */
	readonly present: {readonly label: string; readonly values: readonly string[]};
	/** Of the planning, while it goes on. */
	readonly progress: Progress | undefined;
	readonly children: ReactNode;
};

/** The fields of a change to several keys, below the names of the keys and what they have now. */
export function BulkForm({keys, present: {label, values}, progress, children}: BulkFormProps): ReactNode {
	const {columns} = useViewport();
	const hint: Row = progress
		? progressRow(progress, false, columns)
		: [{text: truncate(t`Enter shows what would change; nothing is saved before that.`, columns), tone: 'muted'}];
	return (
		<Box flexDirection="column">
			<Rows width={columns} rows={[namesRow(keys, columns), countedRow(label, values, columns), []]} />
			{children}
			<Rows width={columns} rows={[[], hint]} />
		</Box>
	);
}
