import {generateKeyPairSync, randomBytes} from 'node:crypto';
import {describe, expect, it} from 'vitest';
import {addKeyFile, changePassphrase, planRekey, rekey, slotById} from '../../source/actions/slots.ts';
import {Secret} from '../../source/core/secret.ts';
import {AppError} from '../../source/core/errors.ts';
import {printKeyFile} from '../../source/vault/slots/key-file.ts';
import {agentOf} from '../vault/ssh-key.ts';
import {failureOf} from '../vault/world.ts';
import {world, worldPassphrase} from '../helpers/world.ts';

const passphrase = new Secret(worldPassphrase);
const newAgent = () => agentOf(generateKeyPairSync('ed25519').privateKey.export({type: 'pkcs8', format: 'pem'}));

describe('a new key of the vault', () => {
	it('keeps the passphrase, the given key file and the SSH keys that are here; it says what goes', async () => {
		const {context} = await world();
		const {vault} = context;
		const [here, away] = [newAgent(), newAgent()];
		const [keyFile, lost] = [printKeyFile(randomBytes(32)), printKeyFile(randomBytes(32))];
		await vault.addSlot({type: 'ssh-agent', sshAgent: here, key: (await here.keys())[0]!}, 'laptop');
		await vault.addSlot({type: 'ssh-agent', sshAgent: away, key: (await away.keys())[0]!}, 'old laptop');
		await vault.addSlot({type: 'keyfile', keyFile}, 'cron');
		const plan = await planRekey({...context, sshAgent: here}, passphrase, keyFile);
		expect(plan.slots.map(({source, label}) => [source.type, label])).toEqual([
			['passphrase', ''],
			['recovery', ''],
			['keyfile', 'cron'],
			['ssh-agent', 'laptop'],
		]);
		expect(plan.going.map(({type, label}) => [type, label])).toEqual([
			['recovery', ''],
			['ssh-agent', 'old laptop'],
		]);
		const forgotten: string[] = [];
		const {vaultId} = vault.key();
		const {recoveryKey} = await rekey(
			{
				...context,
				keyAgent: {
					get: async () => undefined,
					async forget(id) {
						forgotten.push(id);
					},
				},
			},
			plan,
		);
		expect(forgotten).toEqual([vaultId]);
		for (const opener of [{passphrase}, {recoveryKey}, {keyFile}, {sshAgent: here}]) {
			vault.lock();
			await vault.unlock(opener);
		}

		expect(await failureOf(vault.unlock({sshAgent: away}))).toMatchObject({code: 'ssh-agent'});
		expect(await failureOf(vault.unlock({keyFile: lost}))).toMatchObject({code: 'wrong-key-file'});
	});

	it('does without an agent that does not answer', async () => {
		const {context} = await world();
		const agent = newAgent();
		await context.vault.addSlot({type: 'ssh-agent', sshAgent: agent, key: (await agent.keys())[0]!}, 'laptop');
		const dead = {
			...agent,
			async keys(): Promise<never> {
				throw new AppError('ssh-agent', {problem: '', fix: ''});
			},
		};
		expect(
			(await planRekey({...context, sshAgent: dead}, passphrase, undefined)).going.map(({label}) => label),
		).toEqual(['', 'laptop']);
	});
});

describe('a key file', () => {
	it('whose slot could not be stored is taken away again', async () => {
		const {context} = await world();
		const file: {content?: string | undefined} = {};
		const stuck = {
			...context,
			vault: {
				...context.vault,
				async addSlot(): Promise<never> {
					throw new AppError('slots-full');
				},
			},
		};
		expect(
			await failureOf(
				addKeyFile(stuck, '', 'file', {
					writeKeyFile(_, content) {
						file.content = content.reveal();
					},
					remove() {
						file.content = undefined;
					},
				}),
			),
		).toMatchObject({code: 'slots-full'});
		expect(file.content).toBe(undefined);
	});

	it('is wiped from memory once it is written', async () => {
		const {context} = await world();
		let given: Secret | undefined;
		await addKeyFile(context, '', 'file', {
			writeKeyFile(_, content) {
				given = content;
			},
			remove() {},
		});
		expect(() => given!.reveal()).toThrow('locked');
	});
});

it('a slot is named by the beginning of its id, if that is one slot’s', () => {
	const slot = {type: 'recovery', label: '', createdAt: 1, isUsed: false, isOf: () => false} as const;
	const slots = [
		{...slot, id: 'abcd'},
		{...slot, id: 'abef'},
	];
	expect(slotById(slots, 'abc').id).toBe('abcd');
	for (const [typed, code] of [
		['ab', 'invalid'],
		['', 'no-such-slot'],
		['x', 'no-such-slot'],
	] as const)
		expect(() => slotById(slots, typed)).toThrow(expect.objectContaining({code}) as Error);
});

it('nothing changes under --readonly', async () => {
	const {context} = await world();
	const before = context.vault.slots();
	const readonly = {...context, readonly: true};
	expect(await failureOf(changePassphrase(readonly, new Secret('another passphrase')))).toMatchObject({
		code: 'readonly',
	});
	expect(await failureOf(addKeyFile(readonly, '', 'file', {writeKeyFile() {}, remove() {}}))).toMatchObject({
		code: 'readonly',
	});
	expect(await failureOf(rekey(readonly, await planRekey(context, passphrase, undefined)))).toMatchObject({
		code: 'readonly',
	});
	expect(context.vault.slots()).toHaveLength(before.length);
});
