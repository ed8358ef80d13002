import type {Credential, Environment} from '../core/key/key.ts';

export type Target = {
	/** A name in `sites`, `sandbox`, or a loopback URL. */
	readonly site: string;
	readonly environment: Environment;
	readonly credential?: Credential;
	/**
	 * The accounts that the credential may belong to: a call counts against the limits of each. Without them, the
	 * credential counts alone.
	 */
	readonly accounts?: readonly string[];
};
