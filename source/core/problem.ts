import {AppError} from './errors.ts';

/** What is wrong with a text and what to do; undefined when nothing is. */
export type Problem = {readonly problem: string; readonly fix: string};

/** Throws the problem, if there is one, as an error of use. */
export function refuse(problem: Problem | undefined): void {
	if (problem) throw new AppError('invalid', problem);
}
