import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {useActions} from '../keyboard/actions.ts';
import {symbols, type Tone} from '../drawing/theme.ts';
import {wrap} from '../drawing/wrap.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {KeepInView} from '../drawing/scroll.tsx';
import {useAppearance} from '../drawing/styled-text.tsx';
import {t} from '../../language/translate.ts';

export type Checkbox = {
	readonly name: string;
	readonly label: string;
	readonly isOn: boolean;
	/** The reason why it cannot be changed. */
	readonly fixed?: string | undefined;
	readonly about: string;
	readonly tone?: Tone;
};

type Props = {
	readonly checks: readonly Checkbox[];
	readonly onToggle: (name: string) => void;
	readonly onRefused: (reason: string) => void;
	readonly isFocused: boolean;
	readonly width: number;
};

export function Checks({checks, onToggle, onRefused, isFocused, width}: Props): ReactNode {
	const [at, setAt] = useState(() =>
		Math.max(
			0,
			checks.findIndex(({fixed}) => fixed === undefined),
		),
	);
	const {isSpoken} = useAppearance();
	useActions(
		'checkboxes',
		{
			up:
				at > 0
					? () => {
							setAt(at - 1);
						}
					: undefined,
			down:
				at < checks.length - 1
					? () => {
							setAt(at + 1);
						}
					: undefined,
			toggle() {
				const check = checks[at]!;
				if (check.fixed === undefined) onToggle(check.name);
				else onRefused(check.fixed);
			},
		},
		{rank: 'field', isActive: isFocused},
	);

	return (
		<Box flexDirection="column">
			{checks.map(({name, label, isOn, about, tone = 'plain'}, index) => {
				const isHere = isFocused && index === at;
				const head: Row = [
					isHere ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
					...(isSpoken
						? [isOn ? t`${label}: on` : t`${label}: off`, ' ', t`(${index + 1} of ${checks.length})`]
						: ([
								{text: `[${isOn ? 'x' : ' '}] `, tone: isHere ? 'selected' : 'plain'},
								{text: label, tone: isHere ? 'selected' : tone},
							] as const)),
				];
				const abouts = wrap(about, Math.max(10, width - 6)).map((text): Row => ['      ', {text, tone: 'muted'}]);
				const gap: Row[] = index < checks.length - 1 ? [[]] : [];
				return (
					<KeepInView key={name} isFocused={isHere}>
						<Rows width={width} rows={[[head], abouts, gap].flat()} />
					</KeepInView>
				);
			})}
		</Box>
	);
}
