import type {Exit} from '../../core/exit-status.ts';
import type {AppError} from '../../core/errors.ts';
import type {Translatable} from '../../language/translate.ts';
import type {SiteProbe} from '../../exchange/probe/site-probe.ts';
import type {Context} from '../context.ts';
import type {Machine} from './machine.ts';

export type State = 'ok' | 'warn' | 'bad' | 'skipped';

export type Result =
	| {readonly state: 'ok' | 'skipped'; readonly text: Translatable}
	| {readonly state: 'warn'; readonly text: Translatable; readonly fix: Translatable}
	/** `exit` is the status of the commands that fail by it. */
	| {readonly state: 'bad'; readonly text: Translatable; readonly fix: Translatable; readonly exit: Exit};

export type Surroundings = {
	readonly context: Context;
	readonly machine: Machine;
	readonly site: string;
	/** Undefined where nothing outside of this machine may be asked. The same answer for all checks. */
	readonly reach: (() => Promise<SiteProbe>) | undefined;
	readonly keyFile: string | undefined;
	readonly passphraseFile: string | undefined;
};

/** One row of what doctor looks at. */
export type Check = {
	/** In JSON; never changes. */
	readonly id: string;
	readonly title: Translatable;
	/** Needs no open vault, and tells no secret and no password of a proxy. */
	readonly run: (on: Surroundings) => Result | Promise<Result>;
};

export const ok = (text: Translatable): Result => ({state: 'ok', text});
export const skipped = (text: Translatable): Result => ({state: 'skipped', text});
export const warn = (text: Translatable, fix: Translatable): Result => ({state: 'warn', text, fix});

/** The failure of other commands, as a result. */
export function bad({message, hint, exit}: AppError): Result {
	return {state: 'bad', text: () => message, fix: () => hint ?? '', exit};
}
