import {describe, expect, test} from 'vitest';
import {createKeyReader, type Typed} from '../../source/core/terminal/key-reader.ts';

/** What is read of some pieces, texts joined where they meet. */
function read(...pieces: readonly string[]): string[] {
	const reader = createKeyReader();
	const all: string[] = [];
	let text = '';
	for (const typed of pieces.flatMap((piece): readonly Typed[] => reader.feed(piece))) {
		if ('text' in typed) {
			text += typed.text;
			continue;
		}

		all.push(...(text === '' ? [] : [text]), `<${typed.key}>`);
		text = '';
	}

	return text === '' ? all : [...all, text];
}

describe('the keys of a terminal in raw mode', () => {
	test.each([
		['text with a tab', 'two\twords żółć 👨‍👩‍👧', ['two\twords żółć 👨‍👩‍👧']],
		[
			'every line end as one',
			'a\rb\nc\r\nd\n\n',
			['a', '<return>', 'b', '<return>', 'c', '<return>', 'd', '<return>', '<return>'],
		],
		[
			'keys of the line',
			'\u007F\u0008\u0015\u0017\u0001',
			['<backspace>', '<ctrl+h>', '<ctrl+u>', '<ctrl+w>', '<ctrl+a>'],
		],
		['keys that end or stop', '\u0003\u0004\u001A\u001C', ['<ctrl+c>', '<ctrl+d>', '<ctrl+z>', String.raw`<ctrl+\>`]],
		['arrows in both forms', '\u001B[D\u001BOC\u001B[1;5D\u001B[3~', ['<left>', '<right>', '<ctrl+left>', '<delete>']],
		['Alt and ESC', '\u001Bb\u001B\u007F\u001B', ['<meta+b>', '<meta+backspace>', '<escape>']],
		['a bracketed paste as its text', '\u001B[200~two words\u001B[201~', ['two words']],
		['nothing of answers in CSI and of C1 characters', 'a\u001B[24;80R\u001B[?62;4c\u001B[I\u0085b', ['ab']],
		['nothing of the reports of a mouse', 'a\u001B[M !!b\u001B[<0;1;2Mc\u001B[32;1;2Md', ['abcd']],
	])('%s', (_, given, wanted) => {
		expect(read(given)).toEqual(wanted);
	});

	test('a sequence or a line end torn in two is still one', () => {
		expect(read('a\u001B[', '1;', '5D', '\r', '\n', 'b')).toEqual(['a', '<ctrl+left>', '<return>', 'b']);
	});

	test('a report of a mouse in pieces types nothing', () => {
		expect(read('a\u001B[', 'M', ' ', '!', '!', 'b')).toEqual(['ab']);
	});

	test('a sequence that never ends is given up, and keeps nothing', () => {
		expect(read(`\u001B[${'1'.repeat(100)}`, 'text')).toEqual(['text']);
	});
});
