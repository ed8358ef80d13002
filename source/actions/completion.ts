import {keyAgentAt} from '../agent/client.ts';
import {agentEndpointHere} from '../agent/process.ts';
import {keysPrefix, type Settings} from '../core/settings/settings.ts';
import {settingNames} from '../core/settings/table.ts';
import {sanitize} from '../core/text/sanitize.ts';
import type {Context} from './context.ts';
import {shownKeys} from './keys.ts';
import {autoUnlock} from './open.ts';
import {trashedKeys} from './trash.ts';

/** A shell waits for the answer with the next key already pressed. */
const timeoutMs = 300;

/**
 * The names of the keys in use or in the trash, as they can be typed; none unless our agent holds the vault's key. Asks
 * no person and no ssh-agent. Throws as `autoUnlock` does.
 */
export async function namesFromAgent(context: Context, kind: 'keys' | 'trash'): Promise<readonly string[]> {
	const endpoint = agentEndpointHere();
	if (!endpoint || !(await context.vault.exists())) return [];
	const opened = await autoUnlock({...context, keyAgent: keyAgentAt(endpoint, timeoutMs), sshAgent: undefined});
	if (opened === undefined) return [];
	const content = context.vault.read();
	return (kind === 'keys' ? shownKeys(content) : trashedKeys(content)).map(({name}) => sanitize(name));
}

/** The names of all settings, with those of the keys of actions. */
export function settingWords({keymap}: Settings): readonly string[] {
	return [...settingNames, 'keys', ...keymap.actions().map(({name}) => `${keysPrefix}${name}`)];
}
