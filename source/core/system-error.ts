/** The code of a system error, such as EACCES; `unknown` for anything else that was thrown. */
export function codeOf(error: unknown): string {
	const {code} = (error ?? {}) as {readonly code?: unknown};
	return typeof code === 'string' ? code : 'unknown';
}
