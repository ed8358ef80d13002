import type {Exit} from '../exit-status.ts';
import type {ClockService} from './clock-service.ts';
import type {Environment} from '../key/key.ts';

/** Remedies that the program can carry out; each asks for confirmation first. */
export type RemedyOffer =
	/** `where` says which list can be changed from here; it is absent until that is known. */
	| {readonly act: 'add-ip'; readonly address: string; readonly where?: 'exchange' | 'declared'}
	| {readonly act: 'use-environment'; readonly environment: Environment}
	/** Each site that is asked sees the signed call. */
	| {readonly act: 'try-sites'}
	| {readonly act: 'use-site'; readonly site: string}
	| {readonly act: 'accept-live'};

export type Diagnosis = {
	readonly exit: Exit;
	readonly cause: string;
	readonly fix: string;
	readonly offer?: RemedyOffer;
};

export type Measured = {
	readonly skewMs?: number | null;
	readonly environment?: Environment;
	readonly ip?: readonly string[];
	readonly site?: string;
	readonly clockService?: ClockService;
};
