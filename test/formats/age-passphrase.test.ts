import {Decrypter, Encrypter, Stanza} from 'age-encryption';
import {describe, expect, test} from 'vitest';
import {Secret} from '../../source/core/secret.ts';
import {passphraseIdentity, passphraseRecipient} from '../../source/formats/age-passphrase.ts';

const secret = () => new Secret('eight words are plenty for a file');
const text = 'what is inside';

/** A file of the library's own, with as little work as may be. */
async function sealed(passphrase = secret()): Promise<Uint8Array> {
	const encrypter = new Encrypter();
	encrypter.setPassphrase(passphrase.reveal());
	encrypter.setScryptWorkFactor(10);
	return encrypter.encrypt(text);
}

/** The same with another work factor in its header, which then opens with no passphrase. */
async function costing(work: number): Promise<Uint8Array> {
	return Buffer.from(
		Buffer.from(await sealed())
			.toString('latin1')
			.replace(/(-> scrypt \S+ )\d+/, `$1${work}`),
		'latin1',
	);
}

async function open(file: Uint8Array, passphrase = secret(), signal?: AbortSignal): Promise<string> {
	const decrypter = new Decrypter();
	decrypter.addIdentity(passphraseIdentity(passphrase, signal));
	return decrypter.decrypt(file, 'text');
}

describe('the passphrase of an age file', () => {
	test('is understood as the library understands it, both ways', async () => {
		expect(await open(await sealed())).toBe(text);
		const encrypter = new Encrypter();
		encrypter.addRecipient(passphraseRecipient(secret(), Stanza));
		const file = await encrypter.encrypt(text);
		expect(Buffer.from(file).toString('latin1')).toMatch(/^-> scrypt \S{22} 18$/m);
		const decrypter = new Decrypter();
		decrypter.addPassphrase(secret().reveal());
		expect(await decrypter.decrypt(file, 'text')).toBe(text);
	});

	test('that is another one opens nothing', async () => {
		await expect(open(await sealed(), new Secret('another'))).rejects.toThrow(/no identity matched/);
	});

	test.each([0, 21, 99])('with a work factor of %i is refused before any work', async work => {
		await expect(open(await costing(work))).rejects.toThrow('malformed');
	});

	test('lets timers and signals in while it costs seconds, and ends soon after it is called off', async () => {
		const stop = new AbortController();
		let turns = 0;
		const timer = setInterval(() => {
			turns++;
			if (turns === 5) stop.abort(new Error('called off'));
		}, 5);
		await expect(open(await costing(18), secret(), stop.signal)).rejects.toThrow('called off');
		clearInterval(timer);
		// Without an end of its own it would have gone on for hundreds more.
		expect(turns).toBeLessThan(20);
	});
});
