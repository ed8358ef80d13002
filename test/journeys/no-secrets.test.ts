import {expect} from 'vitest';
import {program, run} from './program.ts';
import {testWith} from './journey.ts';

const test = testWith('sandbox', async vault => vault.done('create', 'bot'));
const refusal = {status: 2, out: '', err: expect.stringMatching(/^okx-keys: No secret is shown here: /) as string};

test('no secret is shown under --no-secrets, nor where OKX_KEYS_NO_SECRETS is set to more than 0', async ({shared}) => {
	expect(await shared.run('show', 'bot', '--reveal', '--no-secrets')).toEqual(refusal);
	const by = async (OKX_KEYS_NO_SECRETS: string) =>
		shared.runWith({environment: {OKX_KEYS_NO_SECRETS}}, 'show', 'bot', '--reveal');
	expect(await by('1')).toEqual(refusal);
	expect(await by('yes')).toEqual(refusal);
	for (const unset of ['', '0']) expect(await by(unset)).toMatchObject({status: 0});
	expect(await shared.run('show', 'bot', '--no-secrets')).toMatchObject({status: 0});
});

test('a program is given its key all the same, and shows no secret by this program either', async ({shared}) => {
	const exec = async (...words: readonly string[]) =>
		run(shared.home, [...shared.opened, '--no-secrets', 'exec', 'bot', '--', ...words]);
	const given = await exec('sh', '-c', 'test ${#OKX_SECRET_KEY} = 32 && env');
	expect(given).toMatchObject({status: 0, out: expect.stringContaining('\nOKX_KEYS_NO_SECRETS=1\n') as string});
	const nested = [process.execPath, program, ...shared.opened, 'show', 'bot', '--reveal'];
	expect(await exec(...nested)).toEqual(refusal);
});

test('copy without a part says which parts may be copied, and asks nothing', async ({shared}) => {
	const {status, out, err} = await shared.run('copy', 'bot', '--no-secrets');
	expect({status, out}).toEqual({status: 2, out: ''});
	expect(err).toMatch(
		/^okx-keys: Under --no-secrets, copy takes only link, address, failure\.\nName one of them: okx-keys .* copy bot link\.\n$/,
	);
});

test('nothing is made whose secret could not be shown: a vault, a recovery key', async ({shared, home}) => {
	const passphraseFile = home.passphraseFile('another canary of a vault');
	expect(
		await shared.plain('--vault', home.file('new.json'), '--passphrase-file', passphraseFile, 'init', '--no-secrets'),
	).toEqual(refusal);
	expect(home.files().map(({name}) => name)).not.toContain(home.file('new.json'));
	expect(await shared.own('add-slot', 'recovery', '--no-secrets')).toEqual(refusal);
	expect(await shared.done('create', 'quiet', '--no-secrets')).toBe('quiet is made and stored in the vault.\n');
});
