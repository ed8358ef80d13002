/** What the wizard takes out of a paste: screens reach formats through actions only. */
export {partWords, parts, type Part} from '../formats/credential.ts';
export {pastedCredential} from '../formats/pasted-credential.ts';
