import type {EarlyScreen} from './early-screen.ts';

/** Kept with the process, because the files of dist/ that give and take it have modules of their own. */
const place = Symbol.for('okx-keys.early-screen');

/** A screen that was drawn before the program was loaded, with what it shows. */
export type Early<Shown> = {readonly screen: EarlyScreen; readonly shown: Shown};

type Place = {[place]?: Early<unknown> | undefined};

export function handOver(early: Early<unknown>): void {
	(process as Place)[place] = early;
}

/** What `handOver` was given; its type is for the caller to know. */
export function handedOver<Shown>(): Early<Shown> | undefined {
	return (process as Place)[place] as Early<Shown> | undefined;
}
