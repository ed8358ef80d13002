import type {Exit} from '../exit-status.ts';
import type {ClockService} from './clock-service.ts';
import type {Environment} from '../key.ts';

/** What the program can do about it at one key's press or by one command; each is asked about before it is done. */
export type RemedyOffer =
	/**
	 * Add the address that the exchange saw to the key's allow-list; `where` once it is known whether that can be
	 * done from here.
	 */
	| {readonly act: 'add-ip'; readonly address: string; readonly where?: 'exchange' | 'declared'}
	/** Store the key as one of the other environment. */
	| {readonly act: 'use-environment'; readonly environment: Environment}
	/** Ask the exchange's other sites whether they know the key: each sees the signed call. */
	| {readonly act: 'try-sites'}
	/** Store the key as one of another site, which was found to know it. */
	| {readonly act: 'use-site'; readonly site: string}
	/** Declare what the exchange says. */
	| {readonly act: 'accept-live'};

export type Diagnosis = {
	readonly exit: Exit;
	readonly cause: string;
	readonly fix: string;
	readonly offer?: RemedyOffer;
};

/** What was measured beside the failure, or is known of the key and of this machine. */
export type Measured = {
	readonly skewMs?: number | null;
	readonly environment?: Environment;
	/** The allow-list that is declared here. */
	readonly ip?: readonly string[];
	/** Where the key is stored as belonging to. */
	readonly site?: string;
	/** What keeps this machine's clock. */
	readonly clockService?: ClockService;
};
