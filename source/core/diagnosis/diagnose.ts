import type {Diagnosis, Measured} from './types.ts';
import type {WireFailure} from '../failures/wire-failure.ts';
import {rowOfKind} from './connection.ts';
import {rowOfCode} from './okx-codes/codes.ts';
import {t} from '../../language/translate.ts';
import {sanitize} from '../text/sanitize.ts';

/**
 * Cause, remedy and exit status of a failed call. The cause always names the exchange's code, so that it can be looked
 * up.
 */
export function diagnose(failure: WireFailure, measured: Measured = {}): Diagnosis {
	const {kind, exchangeCode = 'none'} = failure;
	const row = kind === 'code' ? rowOfCode(exchangeCode) : rowOfKind(kind);
	const say = <Part extends string>(part: Part | ((failure: WireFailure, measured: Measured) => Part)): Part =>
		typeof part === 'function' ? part(failure, measured) : part;
	const offer = row.offer?.(failure, measured);
	return {
		exit: say(row.exit),
		// The code is sanitized alone: a combining mark at its start would otherwise attach to the text before it.
		cause: sanitize(kind === 'code' ? t`${say(row.cause)} (${sanitize(exchangeCode)})` : say(row.cause)),
		fix: sanitize(say(row.fix)),
		...(offer && {offer}),
	};
}
