import {msg, type Translatable} from '../language/translate.ts';

/** The unlock methods, by the type of their slot in the vault. */
export const slotWords = {
	passphrase: msg`passphrase`,
	recovery: msg`recovery key`,
	keyfile: msg`key file`,
	'ssh-agent': msg`SSH key`,
} as const satisfies Readonly<Record<string, Translatable>>;

export function isSlotType(type: string): type is keyof typeof slotWords {
	return Object.hasOwn(slotWords, type);
}
