/** What Ink writes before a line that is selected, and before one that is a field of text. */
const mark = /^(?:(?<role>textbox): )?(?<state>\(selected\) )?/;

type Line = {readonly text: string; readonly isSelected: boolean; readonly isField: boolean};

/** What a screen says, from top to bottom. */
export type Frame = readonly Line[];

/** The lines of a frame of Ink, without empty ones. */
export function frameOf(text: string): Frame {
	return text.split('\n').flatMap((line): Line[] => {
		const {role, state} = mark.exec(line)!.groups!;
		const said = line.replace(mark, '').trimEnd();
		return said === '' ? [] : [{text: said, isSelected: state !== undefined, isField: role !== undefined}];
	});
}

/**
 * What is to be said of a frame after the one before it: all of another screen, else only the lines that are new.
 * Numbers that change alone, such as a countdown, are passed over. What is selected comes last.
 */
export function linesToSay(before: Frame | undefined, frame: Frame): Frame {
	const isSameScreen = before?.[0]?.text === frame[0]?.text;
	const known = new Set(isSameScreen ? before!.map(({text}) => withoutNumbers(text)) : []);
	const selected = frame.findLast(({isSelected}) => isSelected);
	const selectedBefore = isSameScreen ? before!.findLast(({isSelected}) => isSelected) : undefined;
	const others = frame.filter(line => line !== selected && !known.has(withoutNumbers(line.text)));
	const isSaid = selected === undefined || (others.length === 0 && selected.text === selectedBefore?.text);
	return isSaid ? others : [...others, selected];
}

/**
 * What a terminal is sent so that a line on which the cursor stands becomes another; undefined where it must be
 * written anew. Only the end of a line can be changed, by what was typed or deleted there.
 */
export function typedChange(before: string, after: string): string | undefined {
	if (after.startsWith(before)) return after.slice(before.length);
	return before.startsWith(after) && /^[ -~]*$/.test(before.slice(after.length))
		? '\b \b'.repeat(before.length - after.length)
		: undefined;
}

function withoutNumbers(text: string): string {
	return text.replaceAll(/\d+/g, '0');
}
