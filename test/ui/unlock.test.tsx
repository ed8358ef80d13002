import {describe, expect, test, vi} from 'vitest';
import type {Context, KeyAgent} from '../../source/actions/context.ts';
import {Secret} from '../../source/core/secret.ts';
import {AppError} from '../../source/core/errors.ts';
import {printKeyFile} from '../../source/vault/slots/key-file.ts';
import type {SshAgent} from '../../source/vault/slots/ssh-slot.ts';
import {openApp} from '../helpers/app.tsx';
import {stopTime} from '../helpers/time.ts';
import {world, worldPassphrase} from '../helpers/world.ts';
import {locked, agentOf} from './locked.tsx';

/** Adds a slot for an ssh-agent that signs as soon as its owner says so. */
async function sshAgentOf({vault}: Context) {
	const answer = Promise.withResolvers<void>();
	const given: Buffer[] = [];
	const key = {type: 'ssh-ed25519', blob: Buffer.from('blob'), comment: ''} as const;
	const sign = async () =>
		Buffer.concat([
			Buffer.from([0, 0, 0, 11]),
			Buffer.from('ssh-ed25519'),
			Buffer.from([0, 0, 0, 64]),
			Buffer.alloc(64, 7),
		]);
	await vault.addSlot({type: 'ssh-agent', key, sshAgent: {keys: async () => [key], sign}}, 'laptop');
	const sshAgent: SshAgent = {
		keys: async () => [key],
		async sign() {
			await answer.promise;
			const signature = await sign();
			given.push(signature);
			return signature;
		},
	};
	return {sshAgent, given, confirm: answer.resolve, refuse: answer.reject};
}

describe('without typing', () => {
	test('the agent opens the vault at once, and says so', async () => {
		const {context, vault} = await locked();
		const keyAgent = agentOf(context);
		vault.lock();
		const {terminal} = await openApp({...context, keyAgent});
		await terminal.see('1 key', 'Opened with the key that the agent keeps.');
	});

	test('after a lock it is not tried, until Enter asks for it on an empty field', async () => {
		const {context} = await locked();
		const keyAgent = agentOf(context);
		let asked = 0;
		const counting: KeyAgent = {
			...keyAgent,
			get: async id => {
				asked++;
				return keyAgent.get(id);
			},
		};
		const {terminal} = await openApp({...context, keyAgent: counting});
		await terminal.press('L');
		await terminal.see('Unlock your vault', 'Enter ask the agent');
		expect(asked).toBe(0);
		expect(context.vault.isOpen()).toBe(false);
		await terminal.press('x');
		await terminal.see('Enter unlock');
		expect(terminal.screen).not.toContain('ask the agent');
		await terminal.press('Backspace', 'Enter');
		await terminal.see('1 key');
	});

	test('an agent that has nothing is no obstacle, and is spoken of only when it was asked for', async () => {
		const {context, vault} = await locked();
		vault.lock();
		const {terminal} = await openApp({...context, keyAgent: {get: async () => undefined, async forget() {}}});
		await terminal.see('Unlock your vault', 'Enter unlock');
		expect(terminal.screen).not.toContain('agent');
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('1 key');
		await terminal.press('L');
		await terminal.see('Enter ask the agent');
		await terminal.press('Enter');
		await terminal.see('No agent has the key of this vault.');
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('1 key');
	});

	test('where there is no agent, the footer does not speak of one', async () => {
		const {context, vault} = await locked();
		vault.lock();
		const {terminal} = await openApp(context);
		await terminal.see('Enter unlock');
		expect(terminal.screen).not.toContain('agent');
	});

	test('foreign-socket: an agent that is not to be trusted is a warning, and the passphrase is asked', async () => {
		const {context, vault} = await locked();
		vault.lock();
		const keyAgent: KeyAgent = {
			async get() {
				throw new AppError('agent', {
					problem: 'The socket belongs to another user, so it is not used.',
					fix: 'Remove it.',
				});
			},
			async forget() {},
		};
		const {terminal} = await openApp({...context, keyAgent});
		await terminal.see('! The socket belongs to another user, so it is not used.', 'Remove it.', '› Passphrase');
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('1 key');
	});

	test('says that the ssh-agent may be waiting for a confirmation, and opens with it', async () => {
		const {context, vault} = await locked();
		const {sshAgent, confirm} = await sshAgentOf(context);
		vault.lock();
		const {terminal} = await openApp({...context, sshAgent});
		await terminal.see('Asking the ssh-agent…', 'Esc cancel');
		confirm();
		await terminal.see('1 key', 'Opened with your SSH key.');
	});

	test('any key stops the waiting, what is typed is kept, and the passphrase opens without the agent', async () => {
		const {context, vault} = await locked();
		const {sshAgent, confirm, given} = await sshAgentOf(context);
		vault.lock();
		const {terminal} = await openApp({...context, sshAgent});
		await terminal.see('Asking the ssh-agent…');
		await terminal.press(worldPassphrase);
		await terminal.see('Forgotten?', '•'.repeat(worldPassphrase.length));
		await terminal.press('Enter');
		await terminal.see('1 key');
		confirm();
		await vi.waitFor(() => {
			expect(given).toHaveLength(1);
			expect(
				given[0]!.every(byte => byte === 0),
				'a signature that came too late is wiped',
			).toBe(true);
		});
	});

	test('Esc stops the waiting; a refusal is a quiet line', async () => {
		const {context, vault} = await locked();
		const {sshAgent, refuse} = await sshAgentOf(context);
		vault.lock();
		const {terminal} = await openApp({...context, sshAgent});
		await terminal.see('Asking the ssh-agent…');
		await terminal.press('Esc');
		await terminal.see('Forgotten?', 'Enter ask the agent');
		await terminal.press('Enter');
		await terminal.see('Asking the ssh-agent…');
		refuse(new AppError('ssh-agent', {problem: 'The ssh-agent refused to sign.', fix: ''}));
		await terminal.see('The ssh-agent refused to sign.', 'Forgotten?');
		expect(terminal.screen).not.toContain('✗');
	});

	test('typed-ahead-passphrase: its letters are no shortcuts when the agent was faster', async () => {
		const {context, vault} = await locked();
		const keyAgent = agentOf(context);
		vault.lock();
		const {terminal} = await openApp({...context, keyAgent});
		await terminal.see('1 key');
		await terminal.press('D', 'y', 'x', 'q', 'Enter');
		await terminal.see('what you typed was ignored');
		expect(vault.read().keys.map(({trashedAt}) => trashedAt)).toEqual([null]);
		// Enter was its end.
		await terminal.press('D');
		await terminal.see('Remove bot1 from this vault?');
	});

	test('letters are shortcuts again after a moment without typing', async () => {
		stopTime('Date');
		const {context, vault} = await locked();
		const keyAgent = agentOf(context);
		vault.lock();
		const {terminal} = await openApp({...context, keyAgent});
		await terminal.see('1 key');
		vi.setSystemTime(Date.now() + 1000);
		await terminal.press('n');
		await terminal.see('step 1 of 6');
	});

	test('a key file that was given opens it; one of another vault is told, and the passphrase is asked', async () => {
		const {context, vault} = await locked();
		const keyFile = printKeyFile(Buffer.alloc(32, 1));
		await vault.addSlot({type: 'keyfile', keyFile}, 'cron');
		vault.lock();
		const first = await openApp(context, {opener: {keyFile}});
		await first.terminal.see('1 key');
		vault.lock();
		const second = await openApp(context, {opener: {keyFile: printKeyFile(Buffer.alloc(32, 2))}});
		await second.terminal.see('This key file does not open the vault', 'Unlock your vault', '› Passphrase');
	});
});

describe('while the vault is being opened', () => {
	/** A vault whose next unlock ends when it is told to. */
	async function slow(passphrase = worldPassphrase) {
		const {context} = await locked();
		const {vault} = context;
		vault.lock();
		const gate = Promise.withResolvers<void>();
		const unlock: typeof vault.unlock = async (...given) => {
			await gate.promise;
			return vault.unlock(...given);
		};
		const {terminal} = await openApp({...context, vault: {...vault, unlock}});
		await terminal.press(passphrase, 'Enter');
		await terminal.see('Opening…', 'Esc cancel');
		return {terminal, vault, go: gate.resolve};
	}

	test('the seconds are counted', async () => {
		const {terminal, go} = await slow();
		await terminal.see('Opening… 1 s');
		go();
		await terminal.see('1 key');
	});

	test('Esc cancels: the vault stays locked, and opens with the next passphrase', async () => {
		const {terminal, vault, go} = await slow();
		await terminal.press('Esc');
		await terminal.see('Cancelling…');
		go();
		await terminal.see('Cancelled; the vault stays locked.', 'Unlock your vault');
		expect(vault.isOpen()).toBe(false);
		await terminal.press(worldPassphrase, 'Enter');
		await terminal.see('1 key');
	});

	test('of a wrong passphrase that was cancelled, nothing else is said', async () => {
		const {terminal, go} = await slow('a wrong passphrase');
		await terminal.press('Esc');
		go();
		await terminal.see('Cancelled; the vault stays locked.');
		expect(terminal.screen).not.toContain('Wrong passphrase');
	});
});

test('a passphrase file opens it too, also with the recovery key in it', async () => {
	const {context, recoveryKey} = await world({sandbox: false});
	for (const passphrase of [new Secret(worldPassphrase), recoveryKey!]) {
		context.vault.lock();
		const {terminal} = await openApp(context, {opener: {passphrase}});
		await terminal.see('The vault holds no keys yet.');
	}
});
