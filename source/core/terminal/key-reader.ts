/** A piece of raw-mode input: text to insert, or a key by its name in core/text/editing/line-editor.ts. */
export type Typed = {readonly text: string} | {readonly key: string};

/** Longer than the sequence of any key: an unfinished one of this length is given up. */
const longestSequence = 64;

/** A report of X10, which no other sequence is like: three characters follow its end. */
const mouse = String.raw`\u001B\[M(?:[^\0-\u001F]{3}|(?<report>[^\0-\u001F]{0,2}$))`;
const sequence = String.raw`\u001B\[(?<csi>[0-?]*[ -/]*[@-~])|\u001BO(?<ss3>[@-~])`;
const unfinished = String.raw`(?<unfinished>\u001B(?:\[[0-?]*[ -/]*|O)$)`;
const pieces = new RegExp(
	String.raw`${mouse}|${sequence}|${unfinished}|\u001B(?<meta>[^\u001B[O\0-\u001F])` +
		String.raw`|(?<control>[\0-\u0008\u000A-\u001F\u007F])|(?<text>[^\0-\u0008\u000A-\u001F\u007F-\u009F]+)`,
	'gu',
);

const sequenceKeys: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	H: 'home',
	F: 'end',
	'1~': 'home',
	'7~': 'home',
	'4~': 'end',
	'8~': 'end',
	'3~': 'delete',
	'1;5C': 'ctrl+right',
	'1;5D': 'ctrl+left',
	'1;3C': 'meta+right',
	'1;3D': 'meta+left',
	'3;3~': 'meta+delete',
};

export type KeyReader = {
	/** Keys and texts of the next piece, in order. Only an unfinished sequence at the end is kept. */
	readonly feed: (chunk: string) => readonly Typed[];
};

/**
 * Reads keys from raw-mode input. Each line end (CR, LF or CRLF, even split) is one `return`; paste marks and unknown
 * sequences are dropped.
 */
export function createKeyReader(): KeyReader {
	let kept = '';
	let isAfterReturn = false;
	return {
		feed(chunk) {
			const typed: Typed[] = [];
			const whole = kept + chunk;
			kept = '';
			for (const {groups = {}} of whole.matchAll(pieces)) {
				const {csi, ss3, meta, control, text, report} = groups;
				const isSecondHalf = control === '\n' && isAfterReturn;
				isAfterReturn = control === '\r';
				if (text !== undefined) typed.push({text});
				else if (report !== undefined) kept = `\u001B[M${report}`;
				else if (groups['unfinished'] !== undefined)
					kept = groups['unfinished'].length > longestSequence ? '' : groups['unfinished'];
				else if (control !== undefined && !isSecondHalf) typed.push({key: controlKey(control)});
				else if (meta !== undefined) typed.push({key: meta === '\u007F' ? 'meta+backspace' : `meta+${meta}`});
				else typed.push(...keyOf(csi ?? ss3));
			}

			return typed;
		},
	};
}

function controlKey(control: string): string {
	if (control === '\r' || control === '\n') return 'return';
	if (control === '\u007F') return 'backspace';
	if (control === '\u001B') return 'escape';
	return `ctrl+${String.fromCharCode(control.charCodeAt(0) + 64).toLowerCase()}`;
}

function keyOf(known: string | undefined): Typed[] {
	const key = sequenceKeys[known ?? ''];
	return key === undefined ? [] : [{key}];
}
