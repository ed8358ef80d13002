const placeholder =
	/^(api[ _-]?key|api[ _-]?secret|key|secret([ _-]?key)?|passphrase|password|none|null|undefined|todo|example|placeholder)$|^your[ _-]|change[ _-]?me|^x{3,}|^<.*>$|^\$?\{.*\}$|^%.*%$/i;
/** SOPS, Ansible, Fernet (OctoBot), OpenSSL, Hummingbot (JSON in hexadecimal digits). */
const encrypted = /^(ENC\[|\$ANSIBLE_VAULT|gAAAAA|U2FsdGVkX1|7b22[\da-f]{20})/;
const variable = /^\$\{\w+([:?+-].*)?\}$|^\$[A-Z_][A-Z\d_]*$/;

/** Tells a value that stands where a part of a credential belongs, and is none. */
export function neverReal(value: string): 'encrypted' | 'variable' | 'placeholder' | undefined {
	if (encrypted.test(value)) return 'encrypted';
	if (variable.test(value)) return 'variable';
	return placeholder.test(value) ? 'placeholder' : undefined;
}
