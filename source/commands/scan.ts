import {scan, type FoundCopy, type ScanReport} from '../actions/scan.ts';
import type {Severity} from '../core/health/finding-kinds.ts';
import {isAppError} from '../core/errors.ts';
import type {Exit} from '../core/exit-status.ts';
import {partWords} from '../core/key/credential-form.ts';
import type {Encoding} from '../core/secret-text/forms.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {formatBytes} from '../core/text/size.ts';
import {inEnglish, msg, t, type Translatable} from '../language/translate.ts';
import {defineCommand, several} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {repeatable} from '../cli/option.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText, table} from '../cli/print.ts';

/** Lines about places that could not be searched; all of them are in JSON. */
const mostUnread = 10;

const encodingWords: Readonly<Record<Encoding, Translatable>> = {
	plain: msg`as it is`,
	url: msg`as in a URL`,
	json: msg`as in JSON`,
	xml: msg`as in XML`,
	yaml: msg`as in YAML`,
	shell: msg`as in a shell`,
	hex: msg`in hexadecimal`,
	base64: msg`in base64`,
	'utf-16': msg`in UTF-16`,
};

export const scanCommand = defineCommand({
	name: 'scan',
	summary: msg`find plain-text copies of the vault’s own keys and secrets in files, histories and repositories`,
	examples: [msg`okx-keys scan`, msg`okx-keys scan ~/bots --exclude '*.csv'`, msg`okx-keys scan . --json`],
	operand: several('paths'),
	options: {
		exclude: repeatable(
			'--exclude <glob>',
			msg`exclude files and folders by a pattern as in .gitignore; !PATTERN includes them again`,
		),
	},
	async run(session, {operand: paths, options: {exclude}}) {
		const {context, io} = session;
		await unlock(session);
		await io.release();
		const report = await scan(context, {
			paths,
			exclude,
			environment: io.programs.environment(),
			signal: io.stopSignal(),
			onProgress({files, bytes}, path) {
				io.progress(t`${fileCount(files)}, ${formatBytes(bytes)}: ${sanitize(path)}`);
			},
			onNotStored: error => {
				noteNotStored(io, error);
			},
		});
		io.progress('');
		if (io.json) io.out(jsonText(inEnglish(() => reportJson(report))));
		else print(io, report);
		noteRest(io, report, paths.length > 0);
		return exitOf(report);
	},
});

function exitOf({isWhole, found}: ScanReport): Exit {
	if (!isWhole) return 'aborted';
	return found.some(({part}) => part !== 'apiKey') ? 'policy' : 'ok';
}

function reportJson({found, foundMore, keys, tally, unread, isWhole}: ScanReport) {
	return {
		found: found.map(({path, object, line, mode, fix, ...rest}) => ({
			path,
			object: object?.id ?? null,
			objectPath: object?.path ?? null,
			line,
			...rest,
			mode: modeWord(mode),
			fix: fix(),
		})),
		foundMore,
		keys,
		searched: {files: tally.files, objects: tally.objects, bytes: tally.bytes},
		excluded: tally.excluded,
		links: tally.links,
		unread: unread.map(({path, reason}) => ({path, reason: reason()})),
		isWhole,
	};
}

function print(io: Io, {found}: ScanReport): void {
	if (found.length === 0) return;
	io.out(
		table(
			[t`KEY`, t`PART`, t`FOUND`, t`MODE`, t`PLACE`],
			found.map(one => [
				keyWords(one),
				partWords[one.part](),
				one.isSplit ? t`over several lines` : encodingWords[one.encoding](),
				modeWord(one.mode),
				placeWords(one),
			]),
			// A place that is cut is of no use.
			undefined,
		),
	);
	for (const [fix, places] of fixesOf(found)) io.out(`\n${places.join('\n')}\n  ${fix}`);
}

/** For each place the advice about the gravest find there; each advice once, with its places. */
function fixesOf(found: readonly FoundCopy[]): ReadonlyMap<string, readonly string[]> {
	const gravest = new Map<string, FoundCopy>();
	for (const one of found) {
		const known = gravest.get(one.path);
		if (!known || gravity[one.severity] > gravity[known.severity]) gravest.set(one.path, one);
	}

	return Map.groupBy(gravest.keys(), path => gravest.get(path)!.fix());
}

const gravity = {bad: 2, warn: 1, info: 0} as const satisfies Readonly<Record<Severity, number>>;

function keyWords({keys: [first = '', ...others]}: FoundCopy): string {
	return others.length === 0 ? first : t`${first} and ${others.length} more`;
}

function placeWords({lines, ...one}: FoundCopy): string {
	const place = firstPlace(one);
	if (lines === 1) return place;
	return lines === 2 ? t`${place} and one more line` : t`${place} and ${lines - 1} more lines`;
}

function firstPlace({path, object, line}: Omit<FoundCopy, 'lines'>): string {
	const at = line === null ? '' : `:${line}`;
	if (!object) return `${path}${at}`;
	const id = object.id.slice(0, 12);
	return object.path === undefined ? `${path} ${id}${at}` : `${path} ${id} (${object.path}${at})`;
}

function modeWord(mode: number): string {
	return mode.toString(8).padStart(4, '0');
}

function noteRest(io: Io, report: ScanReport, isNamed: boolean): void {
	const {found, foundMore, keys, tooShort, tally, unread, isWhole} = report;
	const {files, objects, bytes, excluded, links} = tally;
	if (keys === 0) io.note(t`The vault holds no key in use, so there was nothing to search for.`);
	for (const {path, reason} of unread.slice(0, mostUnread)) io.note(t`Not searched: ${path}: ${reason()}.`);
	if (unread.length > mostUnread)
		io.note(
			unread.length - mostUnread === 1
				? t`One more place was not searched; --json names it.`
				: t`${unread.length - mostUnread} more places were not searched; --json names them.`,
		);
	if (tooShort.length > 0)
		io.note(
			t`Values of fewer than 8 characters are not searched for; keys with one: ${sanitize(tooShort.join(', '))}.`,
		);
	if (foundMore) io.note(t`There is more: only the first ${found.length} places are listed.`);
	if (!isWhole) io.note(t`Stopped: not all places were searched.`);
	const whose = keys === 1 ? t`${keys} key` : t`${keys} keys`;
	const searched = t`${fileCount(files)} and ${objectCount(objects)} of repositories (${formatBytes(bytes)})`;
	const leftOut = excluded === 1 ? t`${excluded} file or folder` : t`${excluded} files and folders`;
	const linkCount = links === 1 ? t`${links} link` : t`${links} links`;
	io.note(t`Searched ${searched} for the secrets of ${whose}; left out ${leftOut}, and ${linkCount}.`);
	if (!isNamed) io.note(t`Name folders to search them too, such as ${suggestedCommand('scan', '.')}`);
}

function fileCount(files: number): string {
	return files === 1 ? t`${files} file` : t`${files} files`;
}

function objectCount(objects: number): string {
	return objects === 1 ? t`${objects} object` : t`${objects} objects`;
}

function noteNotStored(io: Io, error: unknown): void {
	io.note(
		isAppError(error)
			? t`What was found is not kept with the keys: ${error.message}`
			: t`What was found is not kept with the keys: something unexpected happened.`,
	);
}
