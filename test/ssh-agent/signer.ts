import {once} from 'node:events';
import {sshAgentAt} from '../../source/ssh-agent/client.ts';
import type {SshKey} from '../../source/vault/slots/ssh-slot.ts';

// A program that has an agent sign, and wipes what it was given when it is told to: `signer.ts <socket> <type> <key
// in base64>`.
const [socket, type, blob] = process.argv.slice(2) as [string, SshKey['type'], string];
const agent = sshAgentAt(socket);
const signature = await agent.sign(
	{type, blob: Buffer.from(blob, 'base64'), comment: ''},
	Buffer.from('what is signed'),
);
process.stdout.write('signed');
await once(process.stdin, 'data');
signature.fill(0);
process.stdout.write('wiped');
await once(process.stdin, 'data');
process.exit();
