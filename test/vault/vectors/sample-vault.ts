import {createHash, createPrivateKey} from 'node:crypto';
import {Secret} from '../../../source/core/secret.ts';
import type {Slot} from '../../../source/vault/format/header.ts';
import {printKeyFile} from '../../../source/vault/slots/key-file.ts';
import {seal} from '../../../source/vault/format/seal.ts';
import {newSlot, type SlotSource, type SlotType} from '../../../source/vault/slots/slots.ts';
import {agentOf} from '../ssh-key.ts';

let drawn = 0;

/** Bytes that look random and are the same in each run. */
export function random(length: number): Buffer {
	const bytes = Buffer.alloc(length);
	for (let at = 0; at < length; at += 32)
		createHash('sha256').update(`okx-keys vectors ${drawn++}`).digest().copy(bytes, at);
	return bytes;
}

function ed25519(): string {
	const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), random(32)]);
	return createPrivateKey({key: der, format: 'der', type: 'pkcs8'}).export({format: 'pem', type: 'pkcs8'});
}

type Secrets = Readonly<Record<SlotType, string>>;

function secrets(passphrase: string): Secrets {
	return {passphrase, recovery: '', keyfile: printKeyFile(random(32)).reveal(), 'ssh-agent': ed25519()};
}

/** A key of the vault and a slot of each kind for it, and for a second passphrase. */
async function lidFor(given: Secrets, second: string) {
	const target = {dek: random(32), vaultId: random(16).toString('base64'), cost: {m: 19 * 1024, t: 2, p: 1}, random};
	const sshAgent = agentOf(given['ssh-agent']);
	const [key] = await sshAgent.keys();
	const sources: readonly SlotSource[] = [
		{type: 'passphrase', passphrase: new Secret(given.passphrase)},
		{type: 'recovery'},
		{type: 'keyfile', keyFile: new Secret(given.keyfile)},
		{type: 'ssh-agent', sshAgent, key: key!},
		{type: 'passphrase', passphrase: new Secret(second)},
	];
	const slots: Slot[] = [];
	let recovery = '';
	for (const source of sources) {
		const {slot, recoveryKey} = await newSlot(source, target);
		slots.push(slot);
		recovery = recoveryKey?.reveal() ?? recovery;
	}

	return {dek: target.dek, vaultId: target.vaultId, slots, secrets: {...given, recovery}};
}

export type Lid = Awaited<ReturnType<typeof lidFor>>;
export type File = {format: string; version: unknown; header: string; mac: string; ciphertext: string};
export type LooseHeader = {
	rev: number;
	slots: {id: string; type: string; kdf: Record<string, unknown>; nonce: string; wrapped: string}[];
};

export function sealed(body: string, {dek, vaultId, slots}: Lid, rev: number): Buffer {
	return seal(Buffer.from(body), dek, {vaultId, rev, slots}, random);
}

export function print(file: object): string {
	return `${JSON.stringify(file, undefined, '\t')}\n`;
}

export const body = JSON.stringify({
	keys: [
		{
			id: 'k1',
			name: 'späher',
			description: 'Made up\nfor the tests',
			type: 'api',
			environment: 'demo',
			site: 'global',
			account: {kind: 'main'},
			label: null,
			permissions: ['read'],
			ip: ['203.0.113.7'],
			status: 'active',
			tags: [],
			createdAt: 0,
			updatedAt: 0,
			lastUsedAt: null,
			lastTest: null,
			trashedAt: null,
			credential: {
				apiKey: '00000000-1111-2222-3333-444444444444',
				secretKey: 'MADEUPSECRETMADEUPSECRET00000001',
				passphrase: 'Made-Up-Pass-1',
			},
		},
	],
});

// One accent is apart from its letter, and a keyboard may give it the other way.
export const ours = await lidFor(secrets('A\u{30A}ngstro\u{308}m \u{FB01}ne 1'), 'a second passphrase');
export const theirs = await lidFor(secrets('of another vault'), 'and its second');
export const whole = sealed(body, ours, 7).toString('latin1');
export const later = sealed(body, ours, 8).toString('latin1');
export const others = sealed(body, theirs, 7).toString('latin1');
export const parsed = (text = whole) => JSON.parse(text) as File;
