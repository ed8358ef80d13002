import {formProblemsBehind} from '../key/credential-form.ts';
import {addressIn} from './row.ts';
import type {Diagnosis} from './types.ts';
import type {WireFailure} from '../failures/wire-failure.ts';
import type {StoredKey} from '../key/key.ts';
import type {Problem} from '../problem.ts';
import {unreachableProblem} from '../ip/unreachable.ts';
import {sentences, t} from '../../language/translate.ts';

/**
 * Puts causes that show locally before the exchange's possible ones: a malformed credential, an unreachable entry in
 * the allow-list, a changing address of this machine. A mistake in the credential replaces the usual advice; the exit
 * status stays.
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
	// A mistyped credential fails on every site, so asking the other sites is useless until it is corrected.
	const isMistyped = form.some(({isMistake}) => isMistake);
	return {
		...rest,
		...(offer && !(isMistyped && offer.act === 'try-sites') && {offer}),
		cause: sentences(...found.map(({problem}) => problem), diagnosis.cause),
		fix: sentences(...found.flatMap(({fix}) => fix ?? []), ...(isMistyped ? [] : [diagnosis.fix])),
	};
}

type Cause = {readonly problem: string; readonly fix?: string};

/** Where the refusal names the address of this machine, adding that address is the advice. */
function unseenAddress({message}: WireFailure, key: Pick<StoredKey, 'ip' | 'site'>): Cause | undefined {
	const found = unreachableProblem(key);
	return found && addressIn(message) !== undefined ? {problem: found.problem} : found;
}

function movingAddress({message}: WireFailure, {lastTest}: Pick<StoredKey, 'lastTest'>): Problem | undefined {
	const now = addressIn(message);
	const before = lastTest?.refusedAddresses?.filter(address => address !== now) ?? [];
	if (now === undefined || before.length === 0) return undefined;
	return {
		problem: t`Earlier tests were refused from ${before.join(', ')}: the address that calls leave from changes, or it
			was another machine.`,
		fix: t`Have calls leave from a fixed address, such as that of a server or a proxy; one address in the list will
			not last.`,
	};
}
