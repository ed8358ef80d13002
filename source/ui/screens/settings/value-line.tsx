import type {ReactNode} from 'react';
import type {LineState} from '../../../core/text/editing/line-editor.ts';
import {InputLine} from '../../forms/input-line.tsx';
import {useActions} from '../../keyboard/actions.ts';

type Props = {
	/** Stands before the value. */
	readonly sign: string;
	readonly line: LineState;
	readonly onLine: (change: (line: LineState) => LineState) => void;
	readonly width: number;
	readonly onSave: () => void;
	readonly onCancel: () => void;
};

/** The value of a setting while it is typed. */
export function ValueLine({sign, line, onLine, width, onSave, onCancel}: Props): ReactNode {
	useActions('settingValue', {save: onSave, cancel: onCancel}, {rank: 'field'});
	return <InputLine sign={sign} line={line} onLine={onLine} width={width} />;
}
