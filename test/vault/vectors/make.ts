// Writes the vectors anew: node test/vault/vectors/make.ts. The same bytes come out each time; a vector that changes
// means that the format has changed, and every vault that people have with it.
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {printRecoveryKey} from '../../../source/vault/slots/recovery-key.ts';
import type {SlotType} from '../../../source/vault/slots/slots.ts';
import {body, ours, theirs} from './sample-vault.ts';
import {files, type Vector} from './altered.ts';

const vectors: Vector[] = files.map(([name, , expect, says]) => ({
	name,
	file: `${name}.json`,
	way: 'passphrase',
	secret: ours.secrets.passphrase,
	expect,
	...(says !== undefined && {says}),
}));

/** More ways to open, or not to open, the whole vault. */
function opening(name: string, way: SlotType, secret: string, expect: Vector['expect'], says?: string): void {
	vectors.push({name, file: 'whole.json', way, secret, expect, ...(says !== undefined && {says})});
}

const {passphrase, recovery, keyfile, 'ssh-agent': sshKey} = ours.secrets;
opening('passphrase composed another way', 'passphrase', passphrase.normalize('NFKC'), 'success');
opening('passphrase of a later slot', 'passphrase', 'a second passphrase', 'success');
opening('passphrase wrong by one letter', 'passphrase', passphrase.replace('1', '2'), 'wrong-passphrase');
opening('recovery key', 'recovery', recovery, 'success');
opening(
	'recovery key as it is typed',
	'recovery',
	recovery.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'),
	'success',
);
opening('recovery key of another vault', 'recovery', theirs.secrets.recovery, 'wrong-recovery-key', 'another vault');
opening(
	'recovery key mistyped',
	'recovery',
	recovery.replace(/.$/, last => (last === 'X' ? 'Y' : 'X')),
	'wrong-recovery-key',
	'mistyped',
);
opening('key file', 'keyfile', keyfile, 'success');
opening('key file of another vault', 'keyfile', theirs.secrets.keyfile, 'wrong-key-file', 'another vault');
opening(
	'key file altered',
	'keyfile',
	keyfile.replace(/.\n$/, last => `${last.startsWith('A') ? 'B' : 'A'}\n`),
	'wrong-key-file',
	'altered',
);
opening(
	'key file that is a photograph',
	'keyfile',
	printRecoveryKey(Buffer.alloc(32)).reveal(),
	'wrong-key-file',
	'not a key file',
);
opening('ssh key', 'ssh-agent', sshKey, 'success');
opening('ssh key of another vault', 'ssh-agent', theirs.secrets['ssh-agent'], 'ssh-agent', 'none of the keys');

export const made = {
	files: files.map(([name, text]) => ({file: `${name}.json`, text})),
	index: {content: JSON.parse(body) as unknown, vectors},
};

if (import.meta.main) {
	for (const {file, text} of made.files) writeFileSync(join(import.meta.dirname, file), text, 'latin1');
	writeFileSync(join(import.meta.dirname, 'index.json'), `${JSON.stringify(made.index, undefined, '\t')}\n`);
}
