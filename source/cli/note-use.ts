import {noteUses} from '../actions/uses.ts';
import {isAppError} from '../core/errors.ts';
import type {KeyUse, StoredKey} from '../core/key/key.ts';
import {t} from '../language/translate.ts';
import type {Session} from './command.ts';

/** Notes where keys go. A vault that cannot be written now is no reason to keep a bot from starting, and is told. */
export async function noteUse(
	{context, io}: Session,
	keys: readonly StoredKey[],
	by: KeyUse['by'],
	program: string,
): Promise<void> {
	try {
		await noteUses(context, keys, by, program);
	} catch (error) {
		if (!isAppError(error)) throw error;
		io.note(t`okx-keys: this use was not noted: ${error.message}`);
	}
}
