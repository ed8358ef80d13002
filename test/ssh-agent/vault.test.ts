import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {sshAgentAt} from '../../source/ssh-agent/client.ts';
import {signedData} from '../../source/vault/slots/ssh-slot.ts';
import {adding, failureOf, ids, newVault, openable, temporaryFolder} from '../vault/world.ts';
import {framed, missing, realAgent} from './world.ts';

describe.skipIf(missing !== '')(
	`a vault with the slot of an SSH key${missing && ` (left out: there is no ${missing} here)`}`,
	() => {
		it.each(['ed25519', 'rsa'] as const)(
			'opens while the agent has the %s key, in any agent, and not after ssh-add -D',
			async kind => {
				const laptop = await realAgent();
				const file = laptop.newKey(kind);
				laptop.add(file);
				const sshAgent = sshAgentAt(laptop.socket);
				const {vault, path} = await newVault();
				await vault.change(adding('grid'));
				const [key] = await sshAgent.keys();
				await vault.addSlot({type: 'ssh-agent', sshAgent, key: key!}, 'laptop');
				vault.lock();

				const another = await realAgent();
				another.add(another.newKey('ed25519'));
				another.add(file);
				for (const {socket} of [laptop, another]) {
					const again = openable(path);
					await again.unlock({sshAgent: sshAgentAt(socket)});
					expect(ids(again)).toEqual(['grid']);
					expect(again.slots().find(({isUsed}) => isUsed)).toMatchObject({type: 'ssh-agent', label: 'laptop'});
				}

				another.add('-d', file);
				expect((await failureOf(openable(path).unlock({sshAgent: sshAgentAt(another.socket)}))).message).toContain(
					'none of the keys that open this vault',
				);
				laptop.add('-D');
				expect(await failureOf(openable(path).unlock({sshAgent}))).toMatchObject({code: 'ssh-agent', exit: 'locked'});
				await laptop.end('SIGKILL');
				expect(await failureOf(openable(path).unlock({sshAgent}))).toMatchObject({code: 'ssh-agent', exit: 'locked'});
			},
		);

		it('stays shut when its person says no', async () => {
			const laptop = await realAgent({confirmation: 0});
			const file = laptop.newKey('ed25519');
			laptop.add('-c', file);
			const sshAgent = sshAgentAt(laptop.socket);
			const {vault, path} = await newVault();
			await vault.addSlot({type: 'ssh-agent', sshAgent, key: (await sshAgent.keys())[0]!}, '');
			await openable(path).unlock({sshAgent});

			const wary = await realAgent({confirmation: 1});
			wary.add('-c', file);
			expect((await failureOf(openable(path).unlock({sshAgent: sshAgentAt(wary.socket)}))).message).toBe(
				'The ssh-agent refused to sign.',
			);
		});

		it('is opened by a signature that OpenSSH itself takes for one of our namespace, and of no other', async () => {
			const {socket, newKey, add} = await realAgent();
			const file = newKey('ed25519');
			add(file);
			const agent = sshAgentAt(socket);
			const [key] = await agent.keys();
			const [salt, vaultId] = [Buffer.alloc(16, 7), 'AAAAAAAAAAAAAAAAAAAAAA=='];
			const signature = await agent.sign(key!, signedData(salt, vaultId));

			const folder = temporaryFolder();
			const [armored, signers] = [path.join(folder, 'signature'), path.join(folder, 'signers')];

			// PROTOCOL.sshsig: a preamble, version 1, the key, namespace, a reserved field, the hash and the signature.
			const blob = Buffer.concat([
				Buffer.from('SSHSIG'),
				Buffer.of(0, 0, 0, 1),
				...[key!.blob, 'okx-keys-vault', '', 'sha512', signature].map(value => framed(Buffer.from(value))),
			]);
			fs.writeFileSync(
				armored,
				`-----BEGIN SSH ` +
					`SIGNATURE-----\n${blob.toString('base64').replaceAll(/.{70}/g, '$&\n')}\n-----END SSH SIGNATURE-----\n`,
			);
			fs.writeFileSync(signers, `ana ${fs.readFileSync(`${file}.pub`, 'utf8')}`);
			const verified = (namespace: string) =>
				execFileSync('ssh-keygen', ['-Y', 'verify', '-f', signers, '-I', 'ana', '-n', namespace, '-s', armored], {
					input: Buffer.concat([Buffer.from('okx-keys/v1 ssh slot'), salt, Buffer.from(vaultId)]),
					encoding: 'utf8',
					stdio: 'pipe',
				});
			expect(verified('okx-keys-vault')).toContain('Good "okx-keys-vault" signature for ana');
			for (const other of ['git', 'file']) expect(() => verified(other)).toThrow();
		});
	},
);
