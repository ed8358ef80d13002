const placeholder =
	/^(api[ _-]?key|api[ _-]?secret|key|secret([ _-]?key)?|passphrase|password|none|null|undefined|todo|example|placeholder)$|^your[ _-]|change[ _-]?me|^x{3,}|^<.*>$|^\$?\{.*\}$|^%.*%$/i;
/** SOPS, Ansible, Fernet (OctoBot), OpenSSL, dotenvx, Hummingbot (JSON in hexadecimal digits). */
const encrypted = /^(ENC\[|\$ANSIBLE_VAULT|gAAAAA|U2FsdGVkX1|encrypted:[\w+/]{20}|7b22[\da-f]{20})/;
const variable = /^\$\{\w+([:?+-].*)?\}$|^\$[A-Z_][A-Z\d_]*$/;

/** Why a value cannot be a part of a credential; undefined where it can be one. */
export function unusableKind(value: string): 'encrypted' | 'variable' | 'placeholder' | undefined {
	if (encrypted.test(value)) return 'encrypted';
	if (variable.test(value)) return 'variable';
	return placeholder.test(value) ? 'placeholder' : undefined;
}
