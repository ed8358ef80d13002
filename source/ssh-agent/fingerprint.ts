import {createHash} from 'node:crypto';
import type {SshKey} from '../vault/slots/ssh-slot.ts';

/** As `ssh-add -l` shows it. */
export function fingerprint({blob}: SshKey): string {
	return `SHA256:${createHash('sha256').update(blob).digest('base64').replaceAll('=', '')}`;
}
