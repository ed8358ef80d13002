/** For cleanup whose failure is harmless. */
export function attempt(work: () => void): void {
	try {
		work();
	} catch {}
}
