/** For housekeeping whose failure harms nothing. */
export function attempt(work: () => void): void {
	try {
		work();
	} catch {}
}
