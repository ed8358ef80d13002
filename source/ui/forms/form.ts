import {useState} from 'react';
import {lineOf, type LineState} from '../../core/text/editing/line-editor.ts';
import {useActions} from '../keyboard/actions.ts';

type FormInput<Name extends string> = {
	readonly fields: readonly [Name, ...Name[]];
	/** Called by Enter on the last field, and by PgDn anywhere. */
	readonly onSubmit: () => void;
	/** Enter on this field submits too: those after it are seldom wanted, and Tab reaches them. */
	readonly lastUsual?: Name;
	/** Called by Esc; absent where there is no way back. */
	readonly onBack?: () => void;
	/** Called by PgUp; absent on the first step. */
	readonly onPrevious?: (() => void) | undefined;
	readonly isActive?: boolean;
};

/** Moves the keyboard between the fields of a form: Tab and the arrows move, Enter goes on. */
export function useForm<Name extends string>({
	fields,
	onSubmit,
	lastUsual,
	onBack,
	onPrevious,
	isActive = true,
}: FormInput<Name>): {readonly focus: Name | undefined; readonly setFocus: (name: Name) => void} {
	const [wanted, setFocus] = useState<Name>(fields[0]);
	const focus = fields.includes(wanted) ? wanted : fields[0];
	const at = fields.indexOf(focus);
	const next = fields[at + 1];
	const previous = fields[at - 1];
	useActions(
		'form',
		{
			enter:
				next === undefined || focus === lastUsual
					? onSubmit
					: () => {
							setFocus(next);
						},
			next:
				next === undefined
					? undefined
					: () => {
							setFocus(next);
						},
			previous:
				previous === undefined
					? undefined
					: () => {
							setFocus(previous);
						},
			forward: onSubmit,
			backward: onPrevious,
			back: onBack,
		},
		{isActive},
	);
	return {focus: isActive ? focus : undefined, setFocus};
}

type Lines<Name extends string> = Readonly<Record<Name, LineState>>;

/** The texts being edited in a form; `edit(name)` returns the change handler of a field. */
export function useLines<Name extends string>(start: Readonly<Record<Name, string>>) {
	const [lines, setLines] = useState(
		() => Object.fromEntries(Object.entries<string>(start).map(([name, text]) => [name, lineOf(text)])) as Lines<Name>,
	);
	return {
		lines,
		edit: (name: Name) => (change: (line: LineState) => LineState) => {
			setLines(before => ({...before, [name]: change(before[name])}));
		},
		set: (name: Name, text: string) => {
			setLines(before => ({...before, [name]: lineOf(text)}));
		},
	};
}
