import type {ReactNode} from 'react';
import type {LineState} from '../../core/text/editing/line-editor.ts';
import {useActions} from '../keyboard/actions.ts';
import {InputLine} from './input-line.tsx';

type Props = {
	readonly line: LineState;
	readonly onLine: (change: (line: LineState) => LineState) => void;
	readonly width: number;
	readonly onAccept: () => void;
	readonly onCancel: () => void;
};

export function FilterLine({line, onLine, width, onAccept, onCancel}: Props): ReactNode {
	useActions('filter', {accept: onAccept, cancel: onCancel}, {rank: 'field'});
	return <InputLine sign="/" line={line} onLine={onLine} width={width} />;
}
