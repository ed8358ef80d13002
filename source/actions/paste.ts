/** Screens reach formats through actions only. */
export {pastedCredential} from '../formats/pasted-credential.ts';
