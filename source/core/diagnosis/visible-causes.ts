import {formProblemsBehind} from '../credential-form.ts';
import {addressIn} from './row.ts';
import type {Diagnosis} from './types.ts';
import type {WireFailure} from '../wire-failure.ts';
import type {StoredKey} from '../key.ts';
import type {Problem} from '../problem.ts';
import {unreachableProblem} from '../ip/unreachable.ts';

/**
 * Puts what the program can see by itself before what the exchange's refusal may mean: the form of the credential, an
 * address in the allow-list that no call comes from, an address of this machine that changes. The exit status stays.
 */
export function withVisibleCauses(
	diagnosis: Diagnosis,
	failure: WireFailure,
	key: Pick<StoredKey, 'credential' | 'ip' | 'site' | 'lastTest'>,
): Diagnosis {
	const form = formProblemsBehind(failure.exchangeCode, key.credential);
	const address = failure.exchangeCode === '50110' ? [unreachableProblem(key), movingAddress(failure, key)] : [];
	const found: readonly Problem[] = [...form, ...address.filter(one => one !== undefined)];
	if (found.length === 0) return diagnosis;
	const {offer, ...rest} = diagnosis;
	// Other sites would not know a mistyped key either.
	const isPointless = offer?.act === 'try-sites' && form.some(({isMistake}) => isMistake);
	return {
		...rest,
		...(offer && !isPointless && {offer}),
		cause: [...found.map(({problem}) => problem), diagnosis.cause].join(' '),
		fix: [...found.map(({fix}) => fix), diagnosis.fix].join(' '),
	};
}

/** Whether calls were refused from another address before. */
function movingAddress({message}: WireFailure, {lastTest}: Pick<StoredKey, 'lastTest'>): Problem | undefined {
	const now = addressIn(message);
	const before = lastTest?.refusedAddresses?.filter(address => address !== now) ?? [];
	if (now === undefined || before.length === 0) return undefined;
	return {
		problem: `Earlier tests were refused from ${before.join(', ')}: the address that calls leave from changes, or it was another machine.`,
		fix: 'Have calls leave from a fixed address, such as that of a server or a proxy; one address in the list will not last.',
	};
}
