import type {Diagnosis, Measured} from './types.ts';
import type {WireFailure} from '../wire-failure.ts';
import {rowOfKind} from './connection.ts';
import {rowOfCode} from './okx-codes/codes.ts';
import {sanitize} from '../text/sanitize.ts';

/**
 * Cause, remedy and exit status of a failed call, and what the program can do about it. The exchange's own code is
 * always named, so that it can be looked up.
 */
export function diagnose(failure: WireFailure, measured: Measured = {}): Diagnosis {
	const {kind, exchangeCode = 'none'} = failure;
	const row = kind === 'code' ? rowOfCode(exchangeCode) : rowOfKind(kind);
	const say = <Part extends string>(part: Part | ((failure: WireFailure, measured: Measured) => Part)): Part =>
		typeof part === 'function' ? part(failure, measured) : part;
	const offer = row.offer?.(failure, measured);
	return {
		exit: say(row.exit),
		// The code by itself, so that it reads the same wherever it stands: a mark at its beginning would join what
		// stands before.
		cause: sanitize(kind === 'code' ? `${say(row.cause)} (${sanitize(exchangeCode)})` : say(row.cause)),
		fix: sanitize(say(row.fix)),
		...(offer && {offer}),
	};
}
