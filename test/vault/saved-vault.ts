import {Secret} from '../../source/core/secret.ts';
import {adding, newVault} from './world.ts';

export const second = {passphrase: new Secret('another passphrase altogether')};

/** A vault with three saves: nothing, a, a b. */
export async function saved() {
	const made = await newVault();
	await made.vault.change(adding('a'));
	await made.vault.change(adding('b'));
	return made;
}
