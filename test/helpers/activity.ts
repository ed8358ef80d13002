import type {ActivityEntry} from '../../source/core/activity/entry.ts';
import {limits} from '../../source/core/limits.ts';
import {appended, newChain, type Chain} from '../../source/vault/activity/chain.ts';
import type {ActivityLog} from '../../source/vault/activity/log.ts';
import {readActivity} from '../../source/vault/activity/read.ts';
import type {VaultContent} from '../../source/vault/vault.ts';

/** A record of these entries, unchecked, as another program could have written it. */
export function activityLog(entries: readonly Partial<ActivityEntry>[], rev = 1): ActivityLog {
	const changes = entries.reduce(
		(chain: Chain, entry) =>
			appended(
				chain,
				JSON.stringify({n: chain.count + 1, at: 0, by: {user: '', host: ''}, what: 'edited', ...entry}),
				limits.activity.changes,
			),
		newChain('changes'),
	);
	return {rev, changes, routine: newChain('routine')};
}

/** What is recorded, each as `what: names`, or `what` of the vault itself. */
export function recorded(content: VaultContent): readonly string[] {
	const {entries, breaks} = readActivity(content);
	if (breaks.length > 0) throw new Error(`The record is broken: ${JSON.stringify(breaks)}`);
	return entries.map(({what, keys}) => (keys ? `${what}: ${keys.map(({name}) => name).join(' ')}` : what));
}
