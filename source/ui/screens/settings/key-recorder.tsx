import type {ReactNode} from 'react';
import {graphemes} from '../../../core/text/width.ts';
import {Rows} from '../../drawing/rows.tsx';
import {useActions} from '../../keyboard/actions.ts';
import {useLayer} from '../../keyboard/layers.ts';
import {keptKeys} from '../../keyboard/remapping/remapped.ts';

type Props = {
	readonly words: string;
	readonly width: number;
	/** Receives the name of the next key, other than Esc and Ctrl+C. */
	readonly onKey: (name: string) => void;
	readonly onCancel: () => void;
};

/** Asks for a key to be pressed. */
export function KeyRecorder({words, width, onKey, onCancel}: Props): ReactNode {
	useActions('keyRecorder', {cancel: onCancel}, {rank: 'field'});
	useLayer({
		rank: 'field',
		takesText: true,
		key(name) {
			if (keptKeys.has(name)) return false;
			onKey(name);
			return true;
		},
		text(typed) {
			onKey(graphemes(typed)[0]!);
			return true;
		},
		paste: () => true,
	});
	return <Rows width={width} rows={[[{text: words, tone: 'accent'}]]} />;
}
