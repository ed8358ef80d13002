import {createPrivateKey, createPublicKey, sign} from 'node:crypto';
import type {SshAgent} from '../../source/vault/slots/ssh-slot.ts';

/** Strings as SSH writes them (RFC 4251 §5). */
function ssh(...parts: readonly (string | Uint8Array)[]): Buffer {
	return Buffer.concat(
		parts.flatMap(part => {
			const length = Buffer.alloc(4);
			length.writeUInt32BE(Buffer.byteLength(part));
			return [length, Buffer.from(part)];
		}),
	);
}

/** An ssh-agent that holds one Ed25519 key, given as PKCS #8. */
export function agentOf(pem: string): SshAgent {
	const key = createPrivateKey(pem);
	const {x} = createPublicKey(key).export({format: 'jwk'});
	return {
		async keys() {
			return [{type: 'ssh-ed25519', blob: ssh('ssh-ed25519', Buffer.from(x!, 'base64url')), comment: 'made up'}];
		},
		async sign(_, data) {
			return ssh('ssh-ed25519', sign(null, data, key));
		},
	};
}
