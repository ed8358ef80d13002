import type {DOMElement} from 'ink';
import {blank, overlap, wholeOf, write, type Area, type Grid, type Run} from './grid.ts';
import {plain} from './style.ts';

/** Rows of text that fill a box of Ink from its top. */
export type Picture = {
	readonly rows: readonly (readonly Run[])[];
	readonly width: number;
	/** Stands where a row was too long, one column wide. */
	readonly cut: string;
};

/** What each box shows; forgotten with the box. */
const pictures = new WeakMap<DOMElement, Picture>();

export function setPicture(box: DOMElement, picture: Picture): void {
	pictures.set(box, picture);
}

/** The corners and lines of a border: from the top left clockwise, each corner before its line. */
const borders: Readonly<Record<string, string>> = {round: '╭─╮│╯─╰│', classic: '+-+|+-+|'};

/** Paints a box of Ink's layout with all that is in it, the last over the first, at the top left of a blank grid. */
export function paint(root: DOMElement, grid: Grid): void {
	paintElement(root, grid, 0, 0, wholeOf(grid));
}

function paintElement(element: DOMElement, grid: Grid, left: number, top: number, area: Area): void {
	const {yogaNode, style, nodeName} = element;
	if (!yogaNode || style.display === 'none') return;
	const x = left + yogaNode.getComputedLeft();
	const y = top + yogaNode.getComputedTop();
	const picture = pictures.get(element);
	if (picture) {
		const {rows, width, cut} = picture;
		for (const [index, row] of rows.entries()) write(grid, row, {left: x, top: y + index, width, cut, area});
		return;
	}

	if (nodeName === 'ink-text') {
		const text = textIn(element);
		write(grid, [{text, style: plain}], {left: x, top: y, width: yogaNode.getComputedWidth(), cut: ' ', area});
		return;
	}

	const bounds = {left: x, top: y, right: x + yogaNode.getComputedWidth(), bottom: y + yogaNode.getComputedHeight()};
	if (style.backgroundColor !== undefined) blank(grid, overlap(area, bounds));
	if (typeof style.borderStyle === 'string') paintBorder(grid, borders[style.borderStyle]!, bounds, area);
	const inside = style.overflow === 'hidden' ? overlap(area, bounds) : area;
	for (const child of element.childNodes)
		if (child.nodeName !== '#text') paintElement(child, grid, x, y - (style.contentOffsetY ?? 0), inside);
}

/** Text that a component of a package draws; tones are lost, for all of ours is in pictures. */
function textIn(element: DOMElement): string {
	return element.childNodes.map(child => (child.nodeName === '#text' ? child.nodeValue : textIn(child))).join('');
}

function paintBorder(grid: Grid, border: string, {left, top, right, bottom}: Area, area: Area): void {
	const [topLeft, upper, topRight, side, bottomRight, lower, bottomLeft] = border as unknown as string[];
	const width = right - left;
	const draw = (text: string, x: number, y: number) => {
		write(grid, [{text, style: plain}], {left: x, top: y, width, cut: ' ', area});
	};
	draw(`${topLeft}${upper!.repeat(Math.max(0, width - 2))}${topRight}`, left, top);
	draw(`${bottomLeft}${lower!.repeat(Math.max(0, width - 2))}${bottomRight}`, left, bottom - 1);
	for (let row = top + 1; row < bottom - 1; row++) {
		draw(side!, left, row);
		draw(side!, right - 1, row);
	}
}
