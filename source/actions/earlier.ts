import type {Secret} from '../core/secret.ts';
import {isAppError, type AppError, type FailureCode} from '../errors.ts';
import type {Copy} from '../vault/vault.ts';
import type {Context} from './context.ts';
import {otherWorld} from './open.ts';
import {withTyped} from './setup.ts';

const mendable = ['vault-missing', 'vault-vanished', 'vault-damaged', 'not-a-vault'] as const satisfies readonly FailureCode[];
export type Mendable = AppError<(typeof mendable)[number]>;

/** Whether an earlier save in the vault's place would mend a failure. */
export function isMendable(error: unknown): error is Mendable {
	return mendable.some(code => isAppError(error, code));
}

/**
 * The newest earlier save that what was typed opens, passphrase or recovery key. It is somebody's to look at before it is restored,
 * and to `forget`. Changes nothing. Costs one KDF for each passphrase that the earlier saves have had, and throws like `openCopy`.
 */
export async function openEarlier({vault, sandbox}: Pick<Context, 'vault' | 'sandbox'>, typed: Secret): Promise<Copy> {
	const copy = await withTyped(typed, async opener => vault.openCopy(opener));
	const problem = otherWorld(copy.content, copy.file, sandbox);
	if (!problem) return copy;
	copy.forget();
	throw problem;
}
