import {formProblems} from '../core/key/credential-form.ts';
import type {StoredKey} from '../core/key/key.ts';
import type {Problem} from '../core/problem.ts';
import {unreachableProblem} from '../core/ip/unreachable.ts';

/** Problems that do not prevent storing. A credential that has passed a test needs no check of its form. */
export function warningsOf(
	key: Pick<StoredKey, 'credential' | 'ip' | 'site'>,
	{isTested}: {readonly isTested: boolean},
): readonly Problem[] {
	const address = unreachableProblem(key);
	return [...(isTested ? [] : formProblems(key.credential)), ...(address ? [address] : [])];
}

export function joined(problems: readonly Problem[]): Problem {
	return {
		problem: problems.map(({problem}) => problem).join(' '),
		fix: [...new Set(problems.map(({fix}) => fix))].join(' ').trim(),
	};
}
