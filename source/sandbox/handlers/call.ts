import type {Random} from '../../core/random.ts';
import type {FaultInjection} from '../fault-injection.ts';
import {Refusal} from '../refusal.ts';
import type {SandboxKey, SandboxState} from '../state.ts';

export type Call = {
	readonly state: SandboxState;
	/** The key that signed the call; undefined for endpoints without a signature. */
	readonly caller: SandboxKey | undefined;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly now: number;
	readonly random: Random;
	readonly injection: FaultInjection;
};

export type HandlerResult = {
	readonly data: readonly unknown[];
	/** Set when an item of `data` has failed. */
	readonly code?: '1';
};
export type Changed = HandlerResult & {readonly state: SandboxState};

/** A `look` handler gets no way to store a state; a `change` handler must return one. */
export type EndpointHandler =
	| {readonly look: (call: Call) => HandlerResult}
	| {readonly change: (call: Call) => Changed};

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
