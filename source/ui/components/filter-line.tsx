import type {ReactNode} from 'react';
import {useActions} from '../keys.tsx';
import {InputLine} from './input-line.tsx';

type Props = {
	readonly value: string;
	readonly onValue: (change: (value: string) => string) => void;
	readonly onAccept: () => void;
	readonly onCancel: () => void;
};

/** The filter of the list of keys while it is typed. */
export function FilterLine({value, onValue, onAccept, onCancel}: Props): ReactNode {
	useActions('filter', {accept: onAccept, cancel: onCancel}, {rank: 'field'});
	return <InputLine sign="/" value={value} onValue={onValue} />;
}
