import {shownKeys} from '../actions/keys.ts';
import {noKeysWords, noMatchWords} from '../actions/no-keys.ts';
import {trashedKeys} from '../actions/trash.ts';
import {accountWord} from '../core/key/account.ts';
import {ipWord} from '../core/health/binding.ts';
import {statusWord, type ShownKey} from '../core/key/operation.ts';
import {filterKeys, filterTerms} from '../core/key-list/filter.ts';
import {orders, sortKeys} from '../core/key-list/order.ts';
import {duplicatesIn, findings, type Duplicates} from '../core/health/findings.ts';
import {idleWord, lifetimeOf} from '../core/health/lifetime.ts';
import {agoWords} from '../core/text/time.ts';
import type {Exit} from '../core/exit-status.ts';
import {siteNamed} from '../exchange/sites.ts';
import {defineCommand, several, type Session} from '../cli/command.ts';
import {flag, oneOf} from '../cli/option.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, keyJson, table} from '../cli/print.ts';
import {msg, t} from '../language/translate.ts';

const fields = orders.map(({field}) => field);

type Wanted = {readonly words: string; readonly sort: string | undefined; readonly healthyScore: number};

function lastTest(key: ShownKey, now: number): string {
	const {lastTest} = key;
	if (key.status !== 'active') return statusWord(key);
	if (!lastTest) return t`never`;
	const result = lastTest.ok ? t`ok ${Math.round(lastTest.latencyMs ?? 0)} ms` : t`failed ${lastTest.code}`;
	return `${result}, ${agoWords(lastTest.at, now)}`;
}

function chosen(
	keys: readonly ShownKey[],
	{words, sort, healthyScore}: Wanted,
	now: number,
	duplicates?: Duplicates,
): readonly ShownKey[] {
	const order = orders.findIndex(({field}) => field === sort);
	const sorted = order === -1 ? keys : sortKeys(keys, order, now, duplicates, healthyScore);
	return filterKeys(sorted, words, {now, duplicates, healthyScore, siteNamed});
}

function listTrash({context, io}: Session, wanted: Wanted): Exit {
	const now = context.clock();
	const all = trashedKeys(context.vault.read());
	const keys = chosen(all, wanted, now);
	if (io.json) io.out(jsonText(keys.map(key => ({...keyJson(key, now), removedAt: key.trashedAt}))));
	else if (all.length === 0) io.note(t`The trash is empty.`);
	else if (keys.length === 0) io.note(noMatchWords(wanted.words, 'list', '--trash'));
	else
		io.out(
			table(
				[t`NAME`, t`ACCOUNT`, t`SITE`, t`ENV`, t`LAST TEST`, t`REMOVED`],
				keys.map(key => [
					key.name,
					accountWord(key),
					key.site,
					key.environment,
					lastTest(key, now),
					agoWords(key.trashedAt!, now),
				]),
				io.columns,
			),
		);
	return 'ok';
}

export const listCommand = defineCommand({
	name: 'list',
	summary: msg`list all keys, or those that match all words and terms, such as tag:grid perm:trade ip:none health:bad
		site:eea env:demo`,
	examples: [
		msg`okx-keys list`,
		msg`okx-keys list perm:trade ip:none --sort risk`,
		msg`okx-keys list --json | jq -r '.[].name'`,
	],
	operand: several('words', filterTerms),
	options: {
		sort: oneOf('--sort <field>', fields, msg`sort by ${fields.join(', ')}`),
		trash: flag('--trash', msg`list the keys in the trash, which restore-key brings back`),
	},
	async run(session, {operand, options: {sort, trash}}) {
		const {context, io} = session;
		await unlock(session);
		const healthyScore = context.settings.get('healthy-score');
		const wanted = {words: operand.join(' '), sort, healthyScore};
		if (trash) return listTrash(session, wanted);
		const now = context.clock();
		const all = shownKeys(context.vault.read());
		const duplicates = duplicatesIn(all);
		const keys = chosen(all, wanted, now, duplicates);
		if (io.json) {
			io.out(jsonText(keys.map(key => keyJson(key, now, duplicates))));
		} else if (all.length === 0) {
			io.note(noKeysWords(context.vault.read(), context.sandbox));
		} else if (keys.length === 0) {
			io.note(noMatchWords(wanted.words, 'list'));
		} else {
			const columns: readonly (readonly [heading: string, cell: (key: ShownKey) => string])[] = [
				[t`NAME`, ({name}) => name],
				...(sort === 'tag' ? [[t`TAGS`, ({tags}: ShownKey) => tags.join(' ')] as const] : []),
				[t`PERMISSIONS`, ({permissions}) => permissions.join(',')],
				[t`IPS`, key => ipWord(key)],
				[t`ACCOUNT`, key => accountWord(key)],
				[t`SITE`, ({site}) => site],
				[t`ENV`, ({environment}) => environment],
				[t`LAST TEST`, key => lastTest(key, now)],
				[t`DAYS`, key => idleWord(lifetimeOf(key, now))],
				[
					t`FINDINGS`,
					key =>
						findings(key, now, duplicates)
							.filter(({severity}) => severity !== 'info')
							.map(({text}) => text)
							.join('; '),
				],
			];
			io.out(
				table(
					columns.map(([heading]) => heading),
					keys.map(key => columns.map(([, cell]) => cell(key))),
					io.columns,
				),
			);
		}

		return 'ok';
	},
});
