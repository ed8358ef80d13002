import {isAppError, type AppError} from '../core/errors.ts';

/** Accompanies a result that is shown although its save may be lost: `saved-not-durable` or `save-state-unknown`. */
export type SaveWarning = {readonly doubt?: AppError};

/**
 * Captures the warning of a save that precedes a text shown only once, such as a recovery key, which it must not hide.
 */
export async function captureSaveWarning(save: Promise<void>): Promise<SaveWarning> {
	try {
		await save;
		return {};
	} catch (error) {
		if (isAppError(error, 'saved-not-durable') || isAppError(error, 'save-state-unknown')) return {doubt: error};
		throw error;
	}
}
