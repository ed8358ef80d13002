import type {ReactNode} from 'react';
import {padToWidth} from '../../core/text/width.ts';
import {useActions} from '../keyboard/actions.ts';
import {useViewport} from '../drawing/viewport.ts';
import {symbols} from '../drawing/theme.ts';
import {wrap} from '../drawing/wrap.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {KeepInView} from '../drawing/scroll.tsx';
import {labelWidth} from './field-row.ts';
import {useAppearance} from '../drawing/styled-text.tsx';
import {t} from '../../language/translate.ts';

export type ChoiceOption<Value> = {readonly value: Value; readonly label: string; readonly about?: string};

type Props<Value> = {
	readonly label: string;
	readonly options: readonly ChoiceOption<Value>[];
	readonly value: Value;
	readonly onValue: (value: Value) => void;
	readonly isFocused: boolean;
	readonly width: number;
};

export function Choice<Value>({label, options, value, onValue, isFocused, width}: Props<Value>): ReactNode {
	const at = Math.max(
		0,
		options.findIndex(option => option.value === value),
	);
	const move = (by: number) => {
		const next = options[at + by];
		if (next) onValue(next.value);
	};
	useActions(
		'choice',
		{
			up: () => {
				move(-1);
			},
			down: () => {
				move(1);
			},
		},
		{rank: 'field', isActive: isFocused && options.length > 1},
	);

	const {isSpoken} = useAppearance();
	const room = useViewport();
	const most = isSpoken ? 1 : Math.max(2, Math.min(6, room.rows - 4));
	const first = isSpoken ? at : Math.max(0, Math.min(at - Math.floor(most / 2), options.length - most));
	const rows = options.slice(first, first + most).map((option, index): Row => {
		const isChosen = option.value === value;
		return [
			index === 0 && isFocused ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
			{text: padToWidth(index === 0 ? label : '', labelWidth), tone: isFocused ? 'title' : 'muted'},
			' ',
			isSpoken
				? t`${option.label} (${at + 1} of ${options.length})`
				: {text: `${isChosen ? symbols.on : symbols.off} ${option.label}`, tone: isChosen ? 'selected' : 'plain'},
		];
	});
	const about = options[at]?.about;
	const indent = ' '.repeat(labelWidth + 3);
	const explained =
		about === undefined
			? []
			: wrap(about, Math.max(10, width - labelWidth - 3)).map((text): Row => [indent, {text, tone: 'muted'}]);
	return (
		<KeepInView isFocused={isFocused}>
			<Rows width={width} rows={[...rows, ...explained]} />
		</KeepInView>
	);
}
