import {breaksWords, entriesAbout, readActivity, type ReadEntry} from '../actions/activity.ts';
import {detailWords, keysWords, whatWords, whoWords} from '../core/activity/words.ts';
import {refuse} from '../core/problem.ts';
import {readPastTime} from '../core/activity/past-time.ts';
import {formatMinute} from '../core/text/time.ts';
import {defineCommand, several} from '../cli/command.ts';
import {text} from '../cli/option.ts';
import {jsonLine, table} from '../cli/print.ts';
import {unlock} from '../cli/unlock.ts';
import {msg, t} from '../language/translate.ts';

export const activityCommand = defineCommand({
	name: 'activity',
	summary: msg`show who did what and when, the latest last; with names only what was done with these keys`,
	examples: [
		msg`okx-keys activity`,
		msg`okx-keys activity grid --since 7d`,
		msg`okx-keys activity --json | jq -c 'select(.what == "revealed")'`,
	],
	operand: several('names'),
	options: {
		since: text('--since <when>', msg`leave out what was done before: 7d, 12h, or a day such as 2026-11-01`, [
			'1d',
			'7d',
			'30d',
		]),
	},
	async run(session, {operand: names, options: {since}}) {
		const {context, io} = session;
		const from = since === undefined ? undefined : readPastTime(since, context.clock());
		refuse(from?.problem);
		await unlock(session);
		const content = context.vault.read();
		const {entries, dropped, breaks} = readActivity(content);
		const found = entriesAbout(content, entries, names).filter(({at}) => at >= (from?.at ?? -Infinity));
		if (io.json) {
			for (const entry of found) io.out(jsonLine(entryJson(entry)));
		} else if (found.length > 0) {
			io.out(
				table(
					[t`WHEN`, t`WHO`, t`WHAT`, t`KEYS`, t`DETAIL`],
					found.map(entry => [
						formatMinute(entry.at),
						whoWords(entry),
						whatWords(entry),
						keysWords(entry),
						detailWords(entry),
					]),
					io.columns,
				),
			);
		} else {
			io.note(entries.length === 0 ? t`Nothing is recorded yet.` : t`Nothing that was recorded matches.`);
		}

		if (dropped === 1) io.note(t`1 older entry made way for newer ones.`);
		if (dropped > 1) io.note(t`${dropped} older entries made way for newer ones.`);
		if (context.readonly) io.note(t`Nothing that is done under --readonly is recorded.`);
		const broken = breaksWords(breaks);
		if (broken === undefined) return 'ok';
		io.note(`! ${broken}`);
		return 'damaged';
	},
});

/** Scripts depend on this shape. */
function entryJson({n, at, since, times, by, what, keys = [], count, detail, edits = [], isRoutine}: ReadEntry) {
	return {
		at,
		what,
		keys,
		count: count ?? keys.length,
		user: by.user,
		host: by.host,
		client: by.client ?? null,
		detail: detail ?? null,
		edits: edits.map(({field, from, to}) => ({field, from: from ?? null, to: to ?? null})),
		since: since ?? at,
		times: times ?? 1,
		isRoutine,
		number: n,
	};
}
