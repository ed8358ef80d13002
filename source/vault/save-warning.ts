import {isAppError, type AppError} from '../core/errors.ts';

/** Comes with what is shown although its save may be lost: `saved-not-durable` or `save-state-unknown`. */
export type SaveWarning = {readonly doubt?: AppError};

/** For a save before something is shown only once, such as a recovery key: a doubt must not hide it. */
export async function captureSaveWarning(save: Promise<void>): Promise<SaveWarning> {
	try {
		await save;
		return {};
	} catch (error) {
		if (isAppError(error, 'saved-not-durable') || isAppError(error, 'save-state-unknown')) return {doubt: error};
		throw error;
	}
}
