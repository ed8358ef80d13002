import type {Credential, Environment} from '../core/key.ts';
import type {Answer, EndpointName, Parameters} from './endpoints.ts';

/** Whom a call goes to, and as whom. */
export type Target = {
	/** A site of sites.ts, `sandbox`, or a loopback URL. */
	readonly site: string;
	readonly environment: Environment;
	/** Needed by every endpoint that signs. */
	readonly credential?: Credential;
};

export type CallOptions = {
	readonly signal?: AbortSignal;
	/**
	 * When the exchange refuses our clock (50102), ask its time and sign once more with that. Safe for writes, since such a
	 * call was refused before it was looked at. Off in a live test, which is to tell what a bot on this machine would meet.
	 */
	readonly correctClock?: boolean;
};

/** The one way to the exchange. */
export interface Exchange {
	/** Calls one endpoint and decodes its answer. Throws AppError `exchange`, its cause from core/diagnosis.ts; an abort rejects with the signal's reason. */
	call<Name extends EndpointName>(name: Name, parameters: Parameters<Name>, target: Target, options?: CallOptions): Promise<Answer<Name>>;
	/** Where a site lies now; the sandbox is started by the first question. Throws `site-unknown`. */
	locate(site: string): Promise<URL>;
}
