import {isAppError, type AppError} from '../core/errors.ts';

/**
 * What comes with something that must be told although nobody knows how long it lasts: `saved-not-durable` or
 * `save-state-unknown`.
 */
export type SaveWarning = {readonly doubt?: AppError};

/**
 * A save after which something is told that is shown only once, such as a recovery key, whatever the disk has said.
 * Other failures are thrown.
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
