import {useState, type ReactNode} from 'react';
import {useActions} from '../keys.tsx';
import {signs, type Tone} from '../theme.ts';
import {wrap} from '../wrap.ts';
import {Rows, type Row} from './rows.tsx';

export type Check = {
	readonly name: string;
	readonly label: string;
	readonly isOn: boolean;
	/** Why it cannot be changed. */
	readonly fixed?: string | undefined;
	readonly about: string;
	readonly tone?: Tone;
};

type Props = {
	readonly checks: readonly Check[];
	readonly onToggle: (name: string) => void;
	readonly onRefused: (reason: string) => void;
	readonly isFocused: boolean;
	readonly width: number;
};

/** Several of several: the arrows move, Space switches. */
export function Checks({checks, onToggle, onRefused, isFocused, width}: Props): ReactNode {
	const [at, setAt] = useState(() => Math.max(0, checks.findIndex(({fixed}) => fixed === undefined)));
	useActions('checks', {
		up: at > 0 ? () => { setAt(at - 1); } : undefined,
		down: at < checks.length - 1 ? () => { setAt(at + 1); } : undefined,
		toggle() {
			const check = checks[at]!;
			if (check.fixed === undefined) onToggle(check.name);
			else onRefused(check.fixed);
		},
	}, {rank: 'field', isActive: isFocused});

	const rows = checks.flatMap(({name, label, isOn, about, tone = 'plain'}, index): Row[] => {
		const isHere = isFocused && index === at;
		const head: Row = [
			isHere ? {text: `${signs.selected} `, tone: 'accent'} : '  ',
			{text: `[${isOn ? 'x' : ' '}] `, tone: isHere ? 'selected' : 'plain'},
			{text: label, tone: isHere ? 'selected' : tone},
		];
		return [head, ...wrap(about, Math.max(10, width - 6)).map((text): Row => ['      ', {text, tone: 'muted'}]), ...(name === checks.at(-1)?.name ? [] : [[]])];
	});
	return <Rows width={width} rows={rows} />;
}
