/** How a cell looks, as bits: a colour of the eight of every terminal, bold, dim and inverse. Zero is plain. */
export type CellStyle = number;

export const plain: CellStyle = 0;
export const bold: CellStyle = 1;
export const dim: CellStyle = 2;
export const inverse: CellStyle = 4;
const weight = bold | dim;
const colorShift = 3;

const colors = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
export type Color = (typeof colors)[number];

export function colored(color: Color): CellStyle {
	return (colors.indexOf(color) + 1) << colorShift;
}

const colorCode = (style: CellStyle) => (style >> colorShift === 0 ? 39 : 29 + (style >> colorShift));

/** The shortest sequence after which a terminal that draws in one style draws in another. */
export function styleChange(from: CellStyle, to: CellStyle): string {
	if (from === to) return '';
	if (to === plain) return '\u001B[m';
	const loses = (from & weight & ~to) !== 0;
	const kept = loses ? from & ~weight : from;
	const changes = [
		...(loses ? [22] : []),
		...(to & ~kept & bold ? [1] : []),
		...(to & ~kept & dim ? [2] : []),
		...((from ^ to) & inverse ? [to & inverse ? 7 : 27] : []),
		...(from >> colorShift === to >> colorShift ? [] : [colorCode(to)]),
	].join(';');
	const afresh = [
		0,
		...(to & bold ? [1] : []),
		...(to & dim ? [2] : []),
		...(to & inverse ? [7] : []),
		...(to >> colorShift === 0 ? [] : [colorCode(to)]),
	].join(';');
	return `\u001B[${afresh.length < changes.length ? afresh : changes}m`;
}
