import {verify} from 'node:crypto';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import type {AppError} from '../core/errors.ts';
import {sshString, type SshAgent, type SshKey} from '../vault/slots/ssh-slot.ts';
import {ask} from './ask.ts';
import {sshFailures} from './failures.ts';
import {publicKeyOf, type PublicKey} from './public-key.ts';
import {fieldsOf, message, uint32, type Fields} from './wire.ts';

/** draft-miller-ssh-agent. */
const numbers = {failure: 5, askKeys: 11, keys: 12, askSignature: 13, signature: 14} as const;

/** An agent signs RSA with SHA-1 unless a flag asks for a better hash (RFC 8332). */
const algorithms = {
	'ssh-ed25519': {name: 'ssh-ed25519', flags: 0, hash: null},
	'ssh-rsa': {name: 'rsa-sha2-512', flags: 4, hash: 'sha512'},
} as const satisfies Record<SshKey['type'], unknown>;

/** An agent may ask a person before it signs. */
const answerTimeoutMs = {keys: 5000, signature: 60_000};

const commentWidth = 100;

/**
 * The ssh-agent at a unix socket, such as SSH_AUTH_SOCK names; every signature is verified. Each call connects anew and
 * throws `ssh-agent`, `keys` also if no key can open a vault.
 */
export function sshAgentAt(socketPath: string, {timeoutMs}: {readonly timeoutMs?: number} = {}): SshAgent {
	return {
		keys: () =>
			ask(socketPath, message(numbers.askKeys), timeoutMs ?? answerTimeoutMs.keys, answer => {
				accept(answer, numbers.keys, sshFailures.listRefused);
				return keysOf(answer);
			}),

		async sign({blob}, data) {
			const key = publicKeyOf(blob);
			if (!key) throw sshFailures.noneFits();
			const request = message(
				numbers.askSignature,
				sshString(blob),
				sshString(data),
				uint32(algorithms[key.type].flags),
			);
			return ask(socketPath, request, timeoutMs ?? answerTimeoutMs.signature, answer => {
				accept(answer, numbers.signature, sshFailures.refused);
				const signature = answer.string();
				answer.end();
				return signatureOf(signature, key, data);
			});
		},
	};
}

function accept(answer: Fields, wanted: number, refusal: () => AppError): void {
	const number = answer.byte();
	if (number === numbers.failure) throw refusal();
	if (number !== wanted) throw new RangeError('This is the answer to something else.');
}

/** Leaves out ECDSA and security keys, whose signatures differ each time, and certificates. */
function keysOf(answer: Fields): readonly SshKey[] {
	const count = answer.uint32();
	if (count === 0) throw sshFailures.noKeys();
	const keys: SshKey[] = [];
	for (let index = 0; index < count; index++) {
		const blob = Uint8Array.from(answer.string());
		const comment = truncate(sanitize(answer.string().toString('utf8')), commentWidth);
		const type = publicKeyOf(blob)?.type;
		if (type) keys.push({type, blob, comment});
	}

	answer.end();
	if (keys.length === 0) throw sshFailures.noneFits();
	return keys;
}

function signatureOf(given: Buffer, {type, key, signatureBytes}: PublicKey, data: Uint8Array): Buffer {
	const {name, hash} = algorithms[type];
	const fields = fieldsOf(given);
	const algorithm = fields.string().toString('utf8');
	const bytes = fields.string();
	fields.end();
	if (algorithm !== name) throw sshFailures.otherAlgorithm(algorithm, name);
	const missing = signatureBytes - bytes.length;
	if (missing < 0) throw sshFailures.wrongSignature();
	// Some agents drop leading zeros of an RSA signature, and the vault's key must not depend on the agent.
	const whole = Buffer.concat([sshString(name), uint32(signatureBytes), Buffer.alloc(missing), bytes]);
	if (verify(hash, data, key, whole.subarray(-signatureBytes))) return whole;
	whole.fill(0);
	throw sshFailures.wrongSignature();
}
