import type {Random} from '../../core/random.ts';
import type {FaultInjection} from '../fault-injection.ts';
import {Refusal} from '../refusal.ts';
import type {SandboxKey, SandboxState} from '../state.ts';

/** A call that has passed every check of the gateway. */
export type Call = {
	readonly state: SandboxState;
	/** Whose signature it bears; nobody's on endpoints that need none. */
	readonly caller: SandboxKey | undefined;
	/** Of the query or the body. */
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly now: number;
	readonly random: Random;
	readonly rehearsal: FaultInjection;
};

export type HandlerResult = {
	readonly data: readonly unknown[];
	/** That an item of `data` has failed. */
	readonly code?: '1';
};
/** What is answered, and what the exchange has become. */
export type Changed = HandlerResult & {readonly state: SandboxState};

/** A call that only looks is never given anything to store; one that changes something must say what to store. */
export type Handler = {readonly look: (call: Call) => HandlerResult} | {readonly change: (call: Call) => Changed};

/** A parameter that may be left out. Like the others here, it refuses one that is no text. */
export function optional({parameters}: Call, name: string): string | undefined {
	const value = parameters[name];
	if (value === undefined || typeof value === 'string') return value;
	throw new Refusal('51000', name);
}

export function required(call: Call, name: string): string {
	const value = optional(call, name);
	if (value === undefined || value === '') throw new Refusal('50014', name);
	return value;
}

export function oneOf<Choice extends string>(call: Call, name: string, choices: readonly Choice[]): Choice {
	const value = required(call, name);
	const choice = choices.find(one => one === value);
	if (choice === undefined) throw new Refusal('51000', name);
	return choice;
}
