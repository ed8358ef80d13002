/** Screens reach formats through actions only. */
export {credentialIn} from '../formats/credential.ts';
