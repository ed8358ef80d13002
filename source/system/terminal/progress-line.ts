import {truncate} from '../../core/text/width.ts';
import {t} from '../../language/translate.ts';

/** How long work takes before it is said what is waited for, and the time between two updates, ms. */
const tickMs = 1000;

export type ProgressLine = {
	/** Shows a text in place of the one before; an empty one clears the line. */
	readonly show: (text: string) => void;
	/** Clears the line for another output; what is waited for comes back by itself. */
	readonly makeWay: () => void;
	/** Once `work` takes a second, shows these words and its seconds, unless another text is shown. */
	readonly wait: <Result>(words: string, work: () => Promise<Result>) => Promise<Result>;
};

/** A line that is overwritten in place; `write` leads to a terminal of so many columns. */
export function createProgressLine(write: (text: string) => void, columns: () => number): ProgressLine {
	let shown: 'nothing' | 'progress' | 'waiting' = 'nothing';
	/** Work inside of other work: the words of the outer one are shown. */
	let waits = 0;
	const draw = (text: string, as: 'progress' | 'waiting') => {
		if (text === '' && shown === 'nothing') return;
		write(`\r\u001B[K${truncate(text, columns() - 1)}`);
		shown = text === '' ? 'nothing' : as;
	};
	return {
		show(text) {
			draw(text, 'progress');
		},
		makeWay() {
			draw('', 'progress');
		},
		async wait(words, work) {
			if (waits > 0) return work();
			waits++;
			let seconds = 0;
			const timer = setInterval(() => {
				seconds++;
				if (shown !== 'progress') draw(t`${words} ${seconds} s`, 'waiting');
			}, tickMs).unref();
			try {
				return await work();
			} finally {
				clearInterval(timer);
				waits--;
				if (shown === 'waiting') draw('', 'waiting');
			}
		},
	};
}
