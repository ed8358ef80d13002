import {symbols, withSigns, type Appearance} from '../../drawing/theme.ts';
import {freshScreen} from '../../painting/differ.ts';
import type {FrameParts} from './early-frame.ts';
import {unlockPicture} from './picture.ts';

const window = {columns: 80, rows: 24};
const path = '/path';

/** For the build: what `frameOf` makes frames of. Throws where the parts cannot be told apart. */
export function framePartsOf(look: Appearance): FrameParts {
	const frame = freshScreen(unlockPicture({path, ...window, look}));
	const ruleSign = withSigns(symbols.rule, look);
	const [beforeRule, afterRule] = inTwo(frame, ruleSign.repeat(window.columns));
	const [beforePath, afterPath] = inTwo(afterRule, path);
	const [beforeFooter, afterFooter] = inTwo(afterPath, `[${window.rows};`);
	return {beforeRule, ruleSign, beforePath, beforeFooterRow: `${beforeFooter}[`, rest: `;${afterFooter}`};
}

function inTwo(text: string, between: string): readonly [before: string, after: string] {
	const [before, after, ...others] = text.split(between);
	if (before === undefined || after === undefined || others.length > 0)
		throw new Error(`The unlock screen does not have ${JSON.stringify(between)} once.`);
	return [before, after];
}
