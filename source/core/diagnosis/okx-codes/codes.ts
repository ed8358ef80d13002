import {codesOfAccounts} from './accounts.ts';
import {codesOfKeys} from './keys.ts';
import type {WireFailure} from '../../failures/wire-failure.ts';
import {exitByStatus, quotedMessage, shared, waitAdvice, type DiagnosisRow, type DiagnosisRows} from '../row.ts';
import {msg, t} from '../../../language/translate.ts';

const later = msg`Try again later.`;
const notNow: DiagnosisRow = {
	exit: 'exchangeDown',
	cause: msg`The exchange does not offer this for the moment.`,
	fix: failure => waitAdvice(failure, later()),
};
const tooMany = msg`Wait a few seconds.`;
const notUnderstood: DiagnosisRow = {
	exit: 'unexpected',
	cause: failure => t`The exchange could not use our request${quotedMessage(failure)}`,
	fix: msg`Check what you entered; if that is right, this program may be too old for the exchange.`,
};

/** Codes about the service and the form of a request (docs/okx-api.md §6). */
const codesOfService: DiagnosisRows = {
	'50001': {
		exit: 'exchangeDown',
		cause: msg`The exchange is down for the moment.`,
		fix: failure => waitAdvice(failure, later()),
	},
	'50004': {
		exit: 'exchangeDown',
		cause: msg`The exchange ran out of time; what it did is unknown.`,
		fix: msg`Look first whether it was done, before you repeat it.`,
	},
	'50005': {exit: 'exchangeDown', cause: msg`The exchange has retired this call.`, fix: msg`Install a newer okx-keys.`},
	'50013': {
		exit: 'exchangeDown',
		cause: msg`The exchange is busy.`,
		fix: failure => waitAdvice(failure, t`Try again in a moment.`),
	},
	'50026': {
		exit: 'exchangeDown',
		cause: msg`The exchange has an error of its own.`,
		fix: failure => waitAdvice(failure, later()),
	},
	...shared('50046 50062 50064', notNow),
	'404': {
		exit: 'exchangeDown',
		cause: msg`This host does not know the call: it is not the API of the exchange, or an old one.`,
		fix: msg`Check --site.`,
	},

	// The HTTP status is 200 when one account exceeds a limit, and 429 when one address does.
	'50011': {
		exit: 'rateLimited',
		cause: ({httpStatus}) =>
			httpStatus === 429
				? t`Too many calls came from this address in a short time.`
				: t`Too many calls were made with the keys of this account in a short time.`,
		fix: failure => waitAdvice(failure, tooMany()),
	},
	'50040': {
		exit: 'rateLimited',
		cause: msg`The same was asked too often in a short time.`,
		fix: failure => waitAdvice(failure, tooMany()),
	},
	'50061': {
		exit: 'rateLimited',
		cause: msg`The sub-account made too many calls in a short time.`,
		fix: failure => waitAdvice(failure, tooMany()),
	},

	'1': {
		exit: 'unexpected',
		cause: failure => t`The exchange refused${quotedMessage(failure)}`,
		fix: msg`Look at the key on the page of the exchange, then try again.`,
	},
	'2': {
		exit: 'unexpected',
		cause: failure => t`The exchange did only a part of this${quotedMessage(failure)}`,
		fix: msg`Look at the key on the page of the exchange before you repeat it.`,
	},
	...shared('50042 50071', {
		exit: 'unexpected',
		cause: msg`The exchange has had the same request before.`,
		fix: msg`Check whether it was done then, before you repeat it.`,
	}),
	'51400': {
		exit: 'unexpected',
		cause: msg`The exchange has no such order, or it is done.`,
		fix: msg`Nothing was cancelled.`,
	},
	...shared(
		'50000 50002 50006 50010 50014 50015 50016 50024 50025 50036 50037 50039 50045 50076 50077 50115 50122',
		notUnderstood,
	),
	...shared('51000 51001 51003 51407 59004 59402 59612 59615 59616', notUnderstood),
};

const codes: DiagnosisRows = {...codesOfKeys, ...codesOfAccounts, ...codesOfService};

function isItsOwn({httpStatus = 0}: WireFailure): boolean {
	return httpStatus >= 500;
}

const unknownCode: DiagnosisRow = {
	exit: failure => exitByStatus(failure, failure.httpStatus === 401 ? 'authentication' : 'unexpected'),
	cause: failure =>
		t`The exchange ${isItsOwn(failure) ? t`has an error of its own` : t`refused`}, with a code that is not known
			here${quotedMessage(failure)}`,
	fix: failure =>
		waitAdvice(failure, isItsOwn(failure) ? later() : t`Look the code up in the documentation of the exchange.`),
};

export const knownCodes: readonly string[] = Object.keys(codes);

/** Looks at the code alone, never at the exchange's words. Without a known code, the HTTP status decides. */
export function rowOfCode(code: string): DiagnosisRow {
	return Object.hasOwn(codes, code) ? codes[code]! : unknownCode;
}
