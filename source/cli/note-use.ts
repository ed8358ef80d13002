import {noteReveal as recordReveal, noteUses} from '../actions/uses.ts';
import {isAppError} from '../core/errors.ts';
import type {KeyUse, StoredKey} from '../core/key/key.ts';
import {t} from '../language/translate.ts';
import type {Session} from './command.ts';

/** Notes where keys go. A vault that cannot be written now is no reason to keep a bot from starting, and is told. */
export async function noteUse(
	session: Session,
	keys: readonly StoredKey[],
	by: KeyUse['by'],
	program: string,
): Promise<void> {
	await noting(session, async () => noteUses(session.context, keys, by, program));
}

/** Notes that the secrets of a key are shown, as `noteUse` does. */
export async function noteReveal(session: Session, key: Pick<StoredKey, 'id' | 'name'>): Promise<void> {
	await noting(session, async () => recordReveal(session.context, key));
}

async function noting({io}: Session, note: () => Promise<void>): Promise<void> {
	try {
		await note();
	} catch (error) {
		if (!isAppError(error)) throw error;
		io.note(t`okx-keys: this use was not noted: ${error.message}`);
	}
}
