import type {Context} from '../../actions/context.ts';
import type {FirstTry, Route} from '../routes.ts';

/** The first screen: the keys, or what stands before them. Reads the disk. */
export function initialRoute({vault}: Context, first?: FirstTry): Route {
	if (vault.isOpen()) return {screen: 'keys'};
	// A new vault is not offered where the old one can be had back.
	return vault.exists() || vault.earlier().length > 0 ? {screen: 'unlock', first} : {screen: 'setup'};
}

/** The screen of a vault that has been open, also when its file has gone meanwhile: that screen says so. */
export const unlockRoute: Route = {screen: 'unlock'};
