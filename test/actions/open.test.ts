import {describe, expect, it} from 'vitest';
import type {KeyAgent} from '../../source/actions/context.ts';
import {autoUnlock, autoUnlockMethods} from '../../source/actions/open.ts';
import {openVault} from '../../source/actions/setup.ts';
import {Secret} from '../../source/core/secret.ts';
import {AppError, type AppError as Failure} from '../../source/core/errors.ts';
import {fileStoreAt} from '../../source/vault/store/file.ts';
import {vaultIn} from '../../source/vault/vault.ts';
import {failureOf} from '../vault/world.ts';
import {world, worldPassphrase} from '../helpers/world.ts';

/** An agent that holds what it is given. */
function agentWith(key: Buffer | undefined): KeyAgent & {forgotten: string[]} {
	const forgotten: string[] = [];
	return {
		forgotten,
		get: async () => key && Buffer.from(key),
		async forget(vaultId) {
			forgotten.push(vaultId);
		},
	};
}

describe('opening without a question', () => {
	it('takes the key that the agent holds', async () => {
		const {context} = await world();
		const {key} = context.vault.key();
		context.vault.lock();
		expect(await autoUnlock({...context, keyAgent: agentWith(key)})).toBe('agent');
		expect(context.vault.isOpen()).toBe(true);
	});

	it('is not possible where no agent has anything, and says nothing', async () => {
		const {context} = await world();
		context.vault.lock();
		expect(await autoUnlockMethods(context)).toEqual([]);
		expect(await autoUnlock({...context, keyAgent: agentWith(undefined)})).toBe(undefined);
		expect(context.vault.isOpen()).toBe(false);
	});

	it('makes the agent forget a key from before a rekey, and says why', async () => {
		const {context} = await world();
		const {vaultId, key} = context.vault.key();
		await context.vault.rekey([{source: {type: 'passphrase', passphrase: new Secret(worldPassphrase)}, label: ''}]);
		context.vault.lock();
		const agent = agentWith(key);
		const refusals: Failure[] = [];
		expect(await autoUnlock({...context, keyAgent: agent}, error => refusals.push(error))).toBe(undefined);
		expect(agent.forgotten).toEqual([vaultId]);
		expect(refusals.map(({code}) => code)).toEqual(['wrong-vault-key']);
	});

	it('goes on to the SSH key, and then to asking, when an agent is not to be trusted', async () => {
		const {context} = await world();
		const sshAgent = {
			keys: async () => [],
			async sign(): Promise<never> {
				throw new AppError('ssh-agent', {problem: '', fix: ''});
			},
		};
		context.vault.lock();
		const refusals: string[] = [];
		const keyAgent: KeyAgent = {
			async get() {
				throw new AppError('agent', {problem: 'Its socket belongs to another user.', fix: ''});
			},
			async forget() {},
		};
		expect(await autoUnlock({...context, keyAgent, sshAgent}, error => refusals.push(error.code))).toBe(undefined);
		expect(refusals).toEqual(['agent']);
	});

	it('throws what typing a passphrase would not mend', async () => {
		const {context} = await world({isOpen: false});
		expect(await failureOf(autoUnlock(context))).toMatchObject({code: 'vault-missing'});
	});

	it('does not open a sandbox vault for real trading', async () => {
		const {context} = await world();
		const {key} = context.vault.key();
		context.vault.lock();
		expect(await failureOf(autoUnlock({...context, sandbox: false, keyAgent: agentWith(key)}))).toMatchObject({
			code: 'invalid',
		});
		expect(context.vault.isOpen()).toBe(false);
	});
});

describe('opening by passphrase', () => {
	const dearer = {m: 38 * 1024, t: 2, p: 1};

	it('makes a cheap passphrase slot cost what a new one costs, and later finds nothing to do', async () => {
		const {context} = await world();
		const later = vaultIn({
			store: fileStoreAt({path: context.vault.path, clock: context.clock}),
			clock: context.clock,
			random: context.random,
			kdf: dearer,
		});
		await context.vault.refresh();
		await openVault({...context, vault: later}, new Secret(worldPassphrase));
		expect(await context.vault.refresh()).toBe(true);
		await openVault({...context, vault: later}, new Secret(worldPassphrase));
		expect(await context.vault.refresh()).toBe(false);
	});

	it('changes nothing under --readonly, nor with the recovery key', async () => {
		const {context, recoveryKey} = await world();
		const later = vaultIn({
			store: fileStoreAt({path: context.vault.path, clock: context.clock}),
			clock: context.clock,
			random: context.random,
			kdf: dearer,
		});
		await openVault({...context, vault: later, readonly: true}, new Secret(worldPassphrase));
		await openVault({...context, vault: later}, recoveryKey!);
		expect(await context.vault.refresh()).toBe(false);
	});

	it('opens the vault even when the dearer slot cannot be saved', async () => {
		const {context} = await world();
		const later = vaultIn({
			store: fileStoreAt({path: context.vault.path, clock: context.clock}),
			clock: context.clock,
			random: context.random,
			kdf: dearer,
		});
		const stuck = {
			...later,
			async strengthen(): Promise<never> {
				throw new AppError('vault-busy', {path: later.path});
			},
		};
		await openVault({...context, vault: stuck}, new Secret(worldPassphrase));
		expect(later.isOpen()).toBe(true);
	});
});
