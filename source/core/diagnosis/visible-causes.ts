import {formProblemsBehind} from '../credential-form.ts';
import {addressIn} from './row.ts';
import type {Diagnosis} from './types.ts';
import type {WireFailure} from '../wire-failure.ts';
import type {StoredKey} from '../key.ts';
import type {Problem} from '../problem.ts';
import {unreachableProblem} from '../ip/unreachable.ts';

/**
 * Puts what the program can see by itself before what the exchange's refusal may mean: the form of the credential, an
 * address in the allow-list that no call comes from, an address of this machine that changes. A mistake in the form
 * is the only thing to mend. The exit status stays.
 */
export function withVisibleCauses(
	diagnosis: Diagnosis,
	failure: WireFailure,
	key: Pick<StoredKey, 'credential' | 'ip' | 'site' | 'lastTest'>,
): Diagnosis {
	const form = formProblemsBehind(failure.exchangeCode, key.credential);
	const address = failure.exchangeCode === '50110' ? [unseenAddress(failure, key), movingAddress(failure, key)] : [];
	const found = [...form, ...address.filter(one => one !== undefined)];
	if (found.length === 0) return diagnosis;
	const {offer, ...rest} = diagnosis;
	// With a mistake in it, the key works nowhere: until that is mended, every other remedy and other site is in vain.
	const isMistyped = form.some(({isMistake}) => isMistake);
	return {
		...rest,
		...(offer && !(isMistyped && offer.act === 'try-sites') && {offer}),
		cause: [...found.map(({problem}) => problem), diagnosis.cause].join(' '),
		fix: [...found.flatMap(({fix}) => fix ?? []), ...(isMistyped ? [] : [diagnosis.fix])].join(' '),
	};
}

type Cause = {readonly problem: string; readonly fix?: string};

/** An entry that no call comes from. Where the refusal names the address of this machine, adding that is the advice. */
function unseenAddress({message}: WireFailure, key: Pick<StoredKey, 'ip' | 'site'>): Cause | undefined {
	const found = unreachableProblem(key);
	return found && addressIn(message) !== undefined ? {problem: found.problem} : found;
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
