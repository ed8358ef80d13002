import {vaultStatus} from '../../actions/vault-trouble.ts';
import type {Vault} from '../../vault/vault.ts';
import type {FirstTry, Route} from '../routes.ts';

export async function initialRoute(vault: Vault, first: FirstTry): Promise<Route> {
	if (vault.isOpen()) return {screen: 'keys'};
	const {exists, trouble} = await vaultStatus(vault);
	if (exists) return {screen: 'unlock', first};
	// A new vault is not offered where the old one can be restored.
	return trouble ? {screen: 'unlock', trouble} : {screen: 'setup'};
}

/** For a vault that was open before: the screen itself reports a missing file. */
export const unlockRoute: Route = {screen: 'unlock'};

export function homeRoute(vault: Vault): Route {
	return vault.isOpen() ? {screen: 'keys'} : unlockRoute;
}
