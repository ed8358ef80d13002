import {AppError} from './errors.ts';

export type Problem = {readonly problem: string; readonly fix: string};

/** Throws `invalid` if there is a problem. */
export function refuse(problem: Problem | undefined): void {
	if (problem) throw new AppError('invalid', problem);
}
