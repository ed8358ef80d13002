import {createHash, generateKeyPairSync, randomBytes, sign} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {printKeyFile} from '../../source/vault/slots/key-file.ts';
import type {SshAgent, SshKey} from '../../source/vault/slots/ssh-slot.ts';
import {adding, failureOf, ids, newVault, openable, opener} from './world.ts';

function sshString(value: string | Uint8Array): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(Buffer.byteLength(value));
	return Buffer.concat([length, Buffer.from(value)]);
}

/** An ssh-agent with one Ed25519 key. */
function sshAgent({nameIt = 'ssh-ed25519', isForgetful = false} = {}): {
	readonly agent: SshAgent;
	readonly key: SshKey;
	readonly signed: Buffer[];
	readonly unload: () => void;
} {
	const {privateKey, publicKey} = generateKeyPairSync('ed25519');
	const raw = publicKey.export({type: 'spki', format: 'der'}).subarray(-32);
	const key: SshKey = {
		type: 'ssh-ed25519',
		blob: Buffer.concat([sshString('ssh-ed25519'), sshString(raw)]),
		comment: 'laptop',
	};
	const signed: Buffer[] = [];
	let isLoaded = true;
	return {
		key,
		signed,
		unload() {
			isLoaded = false;
		},
		agent: {
			keys: async () => (isLoaded ? [key] : []),
			async sign(_, data) {
				signed.push(Buffer.from(data));
				const signature = sign(null, data, privateKey);
				return Buffer.concat([
					sshString(nameIt),
					sshString(isForgetful ? createHash('sha512').update(signature).update(randomBytes(8)).digest() : signature),
				]);
			},
		},
	};
}

const second = new Secret('another passphrase altogether');

describe('a slot', () => {
	it('of each kind opens the vault with what it was made from, and says which one did', async () => {
		const {vault, path, recoveryKey} = await newVault({keys: []});
		await vault.change(adding('grid'));
		const keyFile = printKeyFile(randomBytes(32));
		const {agent, key} = sshAgent();
		await vault.addSlot({type: 'passphrase', passphrase: second}, 'for Ana');
		await vault.addSlot({type: 'keyfile', keyFile}, 'cron');
		await vault.addSlot({type: 'ssh-agent', sshAgent: agent, key}, 'laptop');
		const {recoveryKey: another} = await vault.addSlot({type: 'recovery'}, 'in the safe');
		const openers = [
			opener,
			{recoveryKey},
			{passphrase: second},
			{keyFile},
			{sshAgent: agent},
			{recoveryKey: another!},
		];
		for (const [at, way] of openers.entries()) {
			const again = openable(path);
			await again.unlock(way);
			expect(ids(again)).toEqual(['grid']);
			expect(again.slots().map(({type}) => type)).toEqual([
				'passphrase',
				'recovery',
				'passphrase',
				'keyfile',
				'ssh-agent',
				'recovery',
			]);
			expect(again.slots().map(({label}) => label)).toEqual(['', '', 'for Ana', 'cron', 'laptop', 'in the safe']);
			expect(again.slots().findIndex(({isUsed}) => isUsed)).toBe(at);
		}
	});

	it('that was removed opens nothing any more, and its label goes with it', async () => {
		const {vault, path} = await newVault();
		const keyFile = printKeyFile(randomBytes(32));
		const {slot} = await vault.addSlot({type: 'keyfile', keyFile}, 'stolen laptop');
		await vault.removeSlot(slot.id);
		expect(await failureOf(openable(path).unlock({keyFile}))).toMatchObject({code: 'wrong-key-file', exit: 'locked'});
		expect(JSON.stringify(vault.read().slots)).not.toContain('stolen laptop');
		expect(await failureOf(vault.removeSlot(slot.id))).toMatchObject({code: 'no-such-slot'});
	});

	it('is not removed when only a file or an SSH key would be left', async () => {
		const {vault} = await newVault();
		await vault.addSlot({type: 'keyfile', keyFile: printKeyFile(randomBytes(32))}, '');
		const [passphrase, recovery] = vault.slots();
		await vault.removeSlot(recovery!.id);
		expect(await failureOf(vault.removeSlot(passphrase!.id))).toMatchObject({code: 'last-slot', exit: 'usage'});
	});

	it('is not added where there are 32', async () => {
		const {vault} = await newVault();
		for (let made = 2; made < 32; made++) await vault.addSlot({type: 'recovery'}, '');
		expect(await failureOf(vault.addSlot({type: 'recovery'}, ''))).toMatchObject({code: 'slots-full'});
	});

	it('keeps the changes that another program makes meanwhile', async () => {
		const {vault, path} = await newVault();
		const other = openable(path);
		await other.unlock(opener);
		await other.change(adding('elsewhere'));
		await vault.addSlot({type: 'recovery'}, '');
		expect(ids(vault)).toEqual(['elsewhere']);
		await other.change(adding('later'));
		expect(other.slots()).toHaveLength(3);
	});
});

describe('a key file', () => {
	it('says what is wrong with it and repeats nothing of it', async () => {
		const {vault, path} = await newVault();
		const keyFile = printKeyFile(randomBytes(32));
		await vault.addSlot({type: 'keyfile', keyFile}, '');
		const text = keyFile.reveal().trim();
		const at = (shown: string) => failureOf(openable(path).unlock({keyFile: new Secret(shown)}));
		for (const [shown, says] of [
			['correct horse battery staple', 'not a key file of this program'],
			[text.slice(0, -8), 'cut short'],
			[text.replace(/:(.)/, (_, letter: string) => `:${letter === 'A' ? 'B' : 'A'}`), 'altered'],
			[printKeyFile(randomBytes(32)).reveal(), 'another vault'],
		] as const) {
			const failure = await at(shown);
			expect(failure.code).toBe('wrong-key-file');
			expect(failure.message).toContain(says);
			expect(failure.message).not.toContain(shown.slice(-12));
		}
	});
});

describe('an SSH key', () => {
	it('signs only in a namespace of this program, and something else for each slot', async () => {
		const {vault} = await newVault();
		const {agent, key, signed} = sshAgent();
		const {slot} = await vault.addSlot({type: 'ssh-agent', sshAgent: agent, key}, '');
		expect(signed[0]!.subarray(0, 6).toString()).toBe('SSHSIG');
		expect(signed[0]!.subarray(10, 24).toString()).toBe('okx-keys-vault');
		await vault.removeSlot(slot.id);
		await vault.addSlot({type: 'ssh-agent', sshAgent: agent, key}, '');
		expect(signed.at(-1)!.equals(signed[0]!)).toBe(false);
	});

	it('leaves no trace of whose it is in the file', async () => {
		const {vault, path} = await newVault();
		const {agent, key} = sshAgent();
		await vault.addSlot({type: 'ssh-agent', sshAgent: agent, key}, 'ana@laptop');
		const file = JSON.parse(readFileSync(path, 'utf8')) as {header: string};
		const header = Buffer.from(file.header, 'base64').toString();
		for (const trace of [
			Buffer.from(key.blob).toString('base64'),
			createHash('sha256').update(key.blob).digest('base64'),
			'ana@laptop',
		])
			expect(header).not.toContain(trace);
	});

	it('whose signatures differ each time is refused', async () => {
		const {vault} = await newVault();
		const {agent, key} = sshAgent({isForgetful: true});
		expect(await failureOf(vault.addSlot({type: 'ssh-agent', sshAgent: agent, key}, ''))).toMatchObject({
			code: 'ssh-agent',
		});
		expect(vault.slots()).toHaveLength(2);
	});

	it('opens the vault once for all its slots: it is not added twice', async () => {
		const {vault} = await newVault();
		const {agent, key} = sshAgent();
		await vault.addSlot({type: 'ssh-agent', sshAgent: agent, key}, '');
		expect(await failureOf(vault.addSlot({type: 'ssh-agent', sshAgent: agent, key}, ''))).toMatchObject({
			code: 'invalid',
		});
	});

	it('is asked for only when the agent has it: no confirmation is in vain', async () => {
		const {vault, path} = await newVault();
		const {agent, key, unload} = sshAgent();
		await vault.addSlot({type: 'ssh-agent', sshAgent: agent, key}, '');
		const stranger = sshAgent();
		expect((await failureOf(openable(path).unlock({sshAgent: stranger.agent}))).message).toContain('none of the keys');
		expect(stranger.signed).toHaveLength(0);
		unload();
		expect((await failureOf(openable(path).unlock({sshAgent: agent}))).message).toContain('none of the keys');
	});
});

it('damage is damage, also to an agent’s key, which stays good', async () => {
	const {vault, path} = await newVault();
	const {key} = vault.key();
	const whole = readFileSync(path, 'utf8');
	const at = whole.length - 40;
	writeFileSync(path, `${whole.slice(0, at)}${whole[at] === 'A' ? 'B' : 'A'}${whole.slice(at + 1)}`);
	expect(await failureOf(openable(path).unlock({key}))).toMatchObject({code: 'vault-damaged'});
});

it('says which slot something opens', async () => {
	const {vault, recoveryKey} = await newVault();
	expect((await vault.slotOf({recoveryKey})).id).toBe(vault.slots()[1]!.id);
	expect(await failureOf(vault.slotOf({passphrase: second}))).toMatchObject({code: 'wrong-passphrase'});
});

it('the vault’s own key opens it, and says nothing of a slot', async () => {
	const {vault, path} = await newVault();
	const again = openable(path);
	await again.unlock({key: vault.key().key});
	expect(again.slots().some(({isUsed}) => isUsed)).toBe(false);
	expect(await again.readHeader()).toMatchObject({vaultId: vault.key().vaultId, slots: ['passphrase', 'recovery']});
});
