import {vaultStatus} from '../../actions/vault-trouble.ts';
import type {Vault} from '../../vault/vault.ts';
import type {FirstTry, Route} from '../routes.ts';

/** The first screen of the program; looked up before anything is drawn. */
export async function initialRoute(vault: Vault, first: FirstTry): Promise<Route> {
	if (vault.isOpen()) return {screen: 'keys'};
	const {exists, trouble} = await vaultStatus(vault);
	if (exists) return {screen: 'unlock', first};
	// A new vault is not offered where the old one can be restored.
	return trouble ? {screen: 'unlock', trouble} : {screen: 'setup'};
}

/** The screen of a vault that has been open, also when its file has gone meanwhile: that screen says so. */
export const unlockRoute: Route = {screen: 'unlock'};

/** The screen to return to once a vault has been made or opened. */
export function homeRoute(vault: Vault): Route {
	return vault.isOpen() ? {screen: 'keys'} : unlockRoute;
}
