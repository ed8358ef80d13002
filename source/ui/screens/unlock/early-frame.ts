import {footerHeight} from '../../frame/footer-height.ts';

/** The bytes that draw the unlock screen of one look, in parts around what depends on the window and the vault. */
export type FrameParts = {
	readonly beforeRule: string;
	readonly ruleSign: string;
	readonly beforePath: string;
	/** Up to the number of the row of the footer. */
	readonly beforeFooterRow: string;
	readonly rest: string;
};

export type Window = {readonly columns: number; readonly rows: number};

/** The least window that all of the page fits in. */
const least = {columns: 60, rows: 16};

/** Shown as it is, and drawn in one piece. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/** A frame with parts made by the build; undefined for a small window, or a path that is not shown as it is. */
export function frameOf(parts: FrameParts, path: string, {columns, rows}: Window): string | undefined {
	if (columns < least.columns || rows < least.rows || path.length > columns || !plain.test(path)) return undefined;
	const footerRow = rows - footerHeight(columns) + 1;
	const {beforeRule, ruleSign, beforePath, beforeFooterRow, rest} = parts;
	return `${beforeRule}${ruleSign.repeat(columns)}${beforePath}${path}${beforeFooterRow}${footerRow}${rest}`;
}
