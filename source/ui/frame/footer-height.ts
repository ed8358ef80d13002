/** The rows at the foot of a window for its actions. */
export function footerHeight(columns: number): number {
	return columns < 80 ? 2 : 1;
}
