import {wireError} from '../helpers/fakes.ts';

export function refusing(exchangeCode: string, message?: string) {
	return () => {
		throw wireError({kind: 'code', exchangeCode, httpStatus: 401, ...(message !== undefined && {message})});
	};
}
