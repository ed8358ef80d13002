/** The body of a vault as bytes of JSON. Throws when anything does not belong together. */
export function decrypt(text: string, way: 'passphrase' | 'recovery' | 'keyfile' | 'ssh-agent', typed: string): Buffer;
