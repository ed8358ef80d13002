import {handleIncident} from '../actions/incident/incident.ts';
import {kindTitles} from '../actions/incident/record-sections.ts';
import {reportJson} from '../actions/incident/report-json.ts';
import {reportMarkdown} from '../actions/incident/markdown.ts';
import {sectionsOf} from '../actions/incident/sections.ts';
import type {Section} from '../actions/incident/report.ts';
import {keyByName, refuseReadonly} from '../actions/keys.ts';
import {isManaged} from '../actions/rotation-end.ts';
import {isAppError} from '../core/errors.ts';
import {readPastTime} from '../core/activity/past-time.ts';
import type {StoredKey} from '../core/key/key.ts';
import {refuse} from '../core/problem.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {apiPage} from '../exchange/sites.ts';
import {defineCommand, required} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {flag, text} from '../cli/option.ts';
import {yesOption} from '../cli/options.ts';
import {facts, jsonText, requireTypedName, table} from '../cli/print.ts';
import {unlock} from '../cli/unlock.ts';
import {inEnglish, msg, t} from '../language/translate.ts';

/** Rows of each list on the terminal; the report has all. */
const mostRows = 20;

export const incidentCommand = defineCommand({
	name: 'incident',
	summary: msg`cut off a key that may be leaked, then read what its account did, and report it`,
	examples: [
		msg`okx-keys incident grid`,
		msg`okx-keys incident grid --yes --since 24h --report leak.md`,
		msg`okx-keys incident grid --yes --json > leak.json`,
	],
	operand: required('name'),
	options: {
		since: text('--since <time>', msg`how far back to look: 24h, 7d or a day such as 2027-01-31 (default: 7d)`, [
			'24h',
			'7d',
			'30d',
		]),
		report: text(
			'--report <file>',
			msg`write the whole report to a new file: Markdown, or JSON if its name ends with .json`,
		),
		revokeFirst: flag(
			'--revoke-first',
			msg`delete the key before anything is read, even if no other key can read its account`,
		),
		yes: yesOption,
	},
	async run(session, {operand: name, options}) {
		const {context, io} = session;
		refuseReadonly(context);
		const since = options.since === undefined ? undefined : readPastTime(options.since, context.clock());
		refuse(since?.problem);
		await unlock(session);
		const key = keyByName(context.vault.read(), name);
		const {id, name: found} = key;
		// What is frozen can be thawed; only what the exchange deletes is gone for good.
		if (key.status !== 'revoked' && isManaged(context, key))
			await requireTypedName(
				io,
				options,
				t`This deletes ${sanitize(found)} on the exchange and cannot be undone. Type its name to go on: `,
				found,
			);
		const {report, problem} = await io.wait(t`Cutting it off…`, async () =>
			handleIncident(context, id, {
				since: since?.at,
				revokeFirst: options.revokeFirst,
				signal: io.stopSignal(),
				onCut: key => {
					noteCut(io, key);
				},
				onProgress: ({kind, done, total}) => {
					io.progress(t`${done + 1} of ${total}: ${kindTitles[kind]()}`);
				},
			}),
		);
		io.progress('');
		const json = () => `${jsonText(inEnglish(() => reportJson(report)))}\n`;
		if (io.json) io.out(json().trimEnd());
		else
			io.out(
				sectionsOf(report)
					.map(section => sectionText(section, io.columns))
					.join('\n\n'),
			);
		if (options.report !== undefined) {
			const content = /\.json$/i.test(options.report) ? json() : reportMarkdown(report);
			const file = freePath(io, options.report);
			io.files.writeNew(file, Buffer.from(content));
			io.note(t`The whole report is in ${sanitize(file)}. No secret is in it.`);
		}

		if (problem) throw problem;
		return 'ok';
	},
});

/** A taken name must not lose a report that cannot be made again: `leak.md` becomes `leak-2.md`, and so on. */
function freePath(io: Io, wanted: string): string {
	const [, stem = '', ending = ''] = /^(.*?)(\.[^./]*)?$/s.exec(wanted) ?? [];
	for (let number = 1; ; number++) {
		const path = number === 1 ? wanted : `${stem}-${number}${ending}`;
		try {
			io.files.refuseTaken(path);
			return path;
		} catch (error) {
			if (!isAppError(error, 'file-exists')) throw error;
		}
	}
}

function noteCut(io: Io, key: StoredKey): void {
	const name = sanitize(key.name);
	if (key.status === 'revoked') io.note(t`${name} is deleted on the exchange. Reading what its account did…`);
	else if (key.incident?.step === 'read-only')
		io.note(t`${name} may only read now. Reading with it what its account did, then it is deleted…`);
	else
		io.note(
			t`No API can delete ${name}: log in at ${apiPage(key)}, find ${sanitize(key.label ?? key.name)} in the list, and
				choose Delete. Do that now. Here nothing is given the key any more.`,
		);
}

function sectionText({title, text = [], facts: pairs, table: found, tasks = []}: Section, columns?: number): string {
	const rows = found?.rows ?? [];
	return [
		title,
		...text.map(paragraph => `  ${paragraph}`),
		...(pairs ? [indented(facts(pairs, Math.max(...pairs.map(([name]) => name.length))))] : []),
		...(found
			? [indented(table(found.headings, rows.slice(0, mostRows), columns === undefined ? columns : columns - 2))]
			: []),
		...(rows.length > mostRows ? [`  ${t`… and ${rows.length - mostRows} more in the report`}`] : []),
		...tasks.map(task => `  [ ] ${task}`),
	].join('\n');
}

function indented(lines: string): string {
	return lines.replaceAll(/^/gm, '  ');
}
