import type {Credential, Environment} from '../core/key.ts';

/** Whom a call goes to, and as whom. */
export type Target = {
	/** A site of sites.ts, `sandbox`, or a loopback URL. */
	readonly site: string;
	readonly environment: Environment;
	/** Needed by every endpoint that signs. */
	readonly credential?: Credential;
	/**
	 * The accounts that the credential may be of: its calls count against the limits of each. Without them it counts
	 * alone.
	 */
	readonly accounts?: readonly string[];
};
