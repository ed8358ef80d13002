import {armor, Encrypter} from 'age-encryption';

/** An age file that opens with a passphrase, as other programs make them, but at hardly any cost. */
export async function sealedCheaply(content: string, passphrase: string): Promise<string> {
	const encrypter = new Encrypter();
	encrypter.setPassphrase(passphrase);
	encrypter.setScryptWorkFactor(10);
	return armor.encode(await encrypter.encrypt(content));
}
