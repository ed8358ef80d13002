import {isAppError} from '../../source/core/errors.ts';
import {openSealed, parseSealed} from '../../source/vault/format/seal.ts';

/** What becomes of altered copies of a vault: how many were refused with each code, and which were taken for whole. */
export type Verdicts = {
	readonly tried: number;
	readonly refused: Readonly<Record<string, number>>;
	readonly accepted: readonly string[];
};

/** Inverts each bit of a vault in turn, and cuts it at each length, and opens what results with the vault's own key. */
export function alterEverywhere(bytes: Buffer, dek: Buffer): Verdicts {
	const refused: Record<string, number> = {};
	const accepted: string[] = [];
	let tried = 0;

	function judge(altered: Buffer, what: string): void {
		tried++;
		try {
			openSealed(parseSealed(altered, ''), dek, '');
			accepted.push(what);
		} catch (error) {
			if (!isAppError(error)) throw error;
			refused[error.code] = (refused[error.code] ?? 0) + 1;
		}
	}

	// Tens of thousands of errors are made here, and their places are not read.
	const {stackTraceLimit} = Error;
	Error.stackTraceLimit = 0;
	try {
		const altered = Buffer.from(bytes);
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			altered[bit >> 3]! ^= 1 << (bit & 7);
			judge(altered, `bit ${bit & 7} of byte ${bit >> 3}`);
			altered[bit >> 3]! ^= 1 << (bit & 7);
		}

		for (let length = 0; length < bytes.length; length++) judge(bytes.subarray(0, length), `cut to ${length} bytes`);
	} finally {
		Error.stackTraceLimit = stackTraceLimit;
	}

	return {tried, refused, accepted};
}
