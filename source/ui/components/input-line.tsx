import {useRef, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import TextInput from 'ink-text-input';
import {isTyped, pasteable} from '../../core/line.ts';
import {isClean} from '../../core/text.ts';
import {useLayer} from '../keys.tsx';
import {signs} from '../theme.ts';
import {useLook, Words} from './words.tsx';

const ownKeys: ReadonlySet<string> = new Set(['left', 'right', 'backspace', 'delete', 'home', 'end', 'tab', 'shift+tab']);

type Props = {
	/** What stands before it, such as `/`. */
	readonly sign: string;
	readonly value: string;
	readonly onValue: (change: (value: string) => string) => void;
};

/**
 * A line of plain words, typed into ink-text-input. That component reads the keyboard by itself, so the layer here swallows
 * every letter (or they would be shortcuts), and types itself only what was pressed before the component was there.
 */
export function InputLine({sign, value, onValue}: Props): ReactNode {
	// The component keeps its cursor to itself; a new one starts with the cursor at the end.
	const [generation, setGeneration] = useState(0);
	// Its cursor is inverse video; without colour it stays at the end, where our sign marks it.
	const look = useLook();
	const isLetterOfShortcut = useRef(false);
	const append = (text: string) => {
		onValue(before => before + text);
		setGeneration(before => before + 1);
	};
	useLayer({
		rank: 'field',
		takesText: true,
		key(name, early) {
			if (isTyped(name)) {
				if (early && isClean(name)) append(name);
				return true;
			}

			// The component types the letter of Ctrl+letter and Alt+letter; this layer is asked first and has it ignored.
			isLetterOfShortcut.current = /^(?:ctrl|meta)\+.$/u.test(name) && name !== 'ctrl+c';
			if (name === 'ctrl+u') {
				onValue(() => '');
				setGeneration(before => before + 1);
			}

			return isLetterOfShortcut.current || ownKeys.has(name);
		},
		paste(text) {
			append((pasteable(text) ?? '').trim());
			return true;
		},
	});
	return (
		<Box height={1} overflow="hidden">
			<Words tone="accent">{`${sign} `}</Words>
			<TextInput key={generation} value={value} showCursor={look.color} onChange={typed => {
				if (!isLetterOfShortcut.current) onValue(() => cleaned(typed));
				isLetterOfShortcut.current = false;
			}} />
			{!look.color && <Words>{signs.cursor}</Words>}
		</Box>
	);
}

/** ink-text-input counts in UTF-16 units and types control keys as text: neither halves nor controls may stay. */
function cleaned(typed: string): string {
	return typed.replaceAll(/[\p{Cs}\p{Cc}]/gu, '');
}
