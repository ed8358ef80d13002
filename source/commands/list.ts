import {liveKeys} from '../actions/keys.ts';
import {trashedKeys} from '../actions/trash.ts';
import {accountWord} from '../core/account.ts';
import {ipWord} from '../core/health/binding.ts';
import {suggestedCommand} from '../core/invocation.ts';
import type {StoredKey} from '../core/key.ts';
import {duplicatesIn, findings} from '../core/health/findings.ts';
import {idleWord, lifetimeOf} from '../core/health/lifetime.ts';
import {ago} from '../core/text/time.ts';
import type {Exit} from '../core/exit-status.ts';
import type {Command, Session} from '../cli/command.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, keyJson, table} from '../cli/print.ts';

function lastTest({lastTest, status}: StoredKey, now: number): string {
	if (status !== 'active') return status === 'creating' ? 'unfinished' : status;
	if (!lastTest) return 'never';
	const result = lastTest.ok ? `ok ${Math.round(lastTest.latencyMs ?? 0)} ms` : `failed ${lastTest.code}`;
	return `${result}, ${timeAgo(lastTest.at, now)}`;
}

function timeAgo(at: number, now: number): string {
	const when = ago(at, now);
	return when === 'now' ? 'now' : `${when} ago`;
}

function listTrash({context, io}: Session): Exit {
	const now = context.clock();
	const keys = trashedKeys(context.vault.read());
	if (io.json) io.out(jsonText(keys.map(key => ({...keyJson(key, now), removedAt: key.trashedAt}))));
	else if (keys.length === 0) io.note('The trash is empty.');
	else
		io.out(
			table(
				['NAME', 'ACCOUNT', 'SITE', 'ENV', 'LAST TEST', 'REMOVED'],
				keys.map(key => [
					key.name,
					accountWord(key),
					key.site,
					key.environment,
					lastTest(key, now),
					timeAgo(key.trashedAt!, now),
				]),
				io.columns,
			),
		);
	return 'ok';
}

export const list: Command = {
	name: 'list',
	summary: 'all keys',
	options: [{flags: '--trash', summary: 'the removed keys, which restore-key brings back'}],
	async run(session, {options}) {
		const {context, io} = session;
		await unlock(session);
		if (options['trash'] === true) return listTrash(session);
		const now = context.clock();
		const keys = liveKeys(context.vault.read());
		const duplicates = duplicatesIn(keys);
		if (io.json) {
			io.out(jsonText(keys.map(key => keyJson(key, now, duplicates))));
		} else if (keys.length === 0) {
			io.note(
				`The vault holds no keys yet. ${suggestedCommand('create', 'NAME')} makes the first, and ${suggestedCommand('add', 'NAME')} stores one that was made on the exchange’s page.`,
			);
		} else {
			const rows = keys.map(key => [
				key.name,
				key.permissions.join(','),
				ipWord(key),
				accountWord(key),
				key.site,
				key.environment,
				lastTest(key, now),
				idleWord(lifetimeOf(key, now)),
				findings(key, now, duplicates)
					.filter(({severity}) => severity !== 'info')
					.map(({text}) => text)
					.join('; '),
			]);
			io.out(
				table(
					['NAME', 'PERMISSIONS', 'IPS', 'ACCOUNT', 'SITE', 'ENV', 'LAST TEST', 'DAYS', 'FINDINGS'],
					rows,
					io.columns,
				),
			);
		}

		return 'ok';
	},
};
