import {spawnSync} from 'node:child_process';
import {expect} from 'vitest';
import {missing, realAgent} from '../ssh-agent/world.ts';
import {test} from './journey.ts';
import {run} from './program.ts';

test.skipIf(missing !== '')('an SSH key in an agent opens the vault, but changes no ways in', async ({home, made}) => {
	const agent = await realAgent();
	const environment = {SSH_AUTH_SOCK: agent.socket};
	const key = agent.newKey('ed25519');
	agent.add(key);
	agent.add(agent.newKey('rsa', 2048));
	const own = (...words: readonly string[]) => run(home, words, {environment});
	const owner = ['--passphrase-file', made.recoveryFile];
	expect(await own('add-slot', 'ssh-agent', ...owner)).toMatchObject({
		status: 4,
		err: expect.stringMatching(/1 {2}SHA256:\S+ {2}\w+ of ana\n2 {2}SHA256:/) as string,
	});
	const fingerprint = spawnSync('ssh-keygen', ['-lf', `${key}.pub`], {encoding: 'utf8'}).stdout.split(' ')[1]!;
	expect(await own('add-slot', 'ssh-agent', '--key', fingerprint, ...owner)).toMatchObject({status: 0});
	expect(await own('list')).toMatchObject({status: 0});
	const slots = JSON.parse((await own('slots', '--json')).out) as {
		readonly id: string;
		readonly type: string;
		readonly label: string;
		readonly used: boolean;
	}[];
	expect(slots[2]).toMatchObject({type: 'ssh-agent', label: 'ed25519 of ana', used: true});
	const before = made.bytes();
	for (const words of [
		['remove-slot', slots[0]!.id, '--yes'],
		['add-slot', 'recovery'],
		['rekey', '--yes'],
		['passwd', '--new-passphrase-file', made.passphraseFile],
	])
		expect(await own(...words), words[0]).toMatchObject({status: 4});
	expect(made.bytes()).toEqual(before);
	expect(await own('rekey', '--yes', '--passphrase-file', made.passphraseFile)).toMatchObject({status: 0});
	expect(await own('list')).toMatchObject({status: 0});
	agent.add('-d', key);
	expect(await own('list')).toMatchObject({status: 11});
});
