import {isObject} from '../../core/is-object.ts';
import type {Environment} from '../../core/key/key.ts';

/** A key of the exchange that the owner knows of, and whose secrets are kept outside this vault. */
export type KnownElsewhere = {
	readonly site: string;
	readonly environment: Environment;
	readonly apiKey: string;
	/** Who has it, or what it is for; one line, maybe empty. */
	readonly note: string;
	/** ms since 1970. */
	readonly at: number;
};

/** Newer programs may store other forms. */
export function isKnownElsewhere(value: unknown): value is KnownElsewhere {
	return (
		isObject(value) &&
		typeof value['apiKey'] === 'string' &&
		typeof value['site'] === 'string' &&
		typeof value['environment'] === 'string' &&
		typeof value['note'] === 'string' &&
		typeof value['at'] === 'number'
	);
}
