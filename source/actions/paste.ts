/** What the wizard takes out of a paste: screens reach formats through actions only. */
export {pastedCredential} from '../formats/pasted-credential.ts';
