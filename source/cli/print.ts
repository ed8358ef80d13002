import {bindingOf, purposeOf} from '../core/health/binding.ts';
import type {TestSummary} from '../core/key/key.ts';
import {isUnfinished, type ShownKey} from '../core/key/operation.ts';
import {findings, type Duplicates} from '../core/health/findings.ts';
import {daysLeft} from '../core/health/idle.ts';
import {scoreOf} from '../core/health/score.ts';
import {AppError} from '../core/errors.ts';
import type {Problem} from '../core/problem.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {mask} from '../core/text/mask.ts';
import {padToWidth, truncate, width} from '../core/text/width.ts';
import type {Io} from './io.ts';
import {t} from '../language/translate.ts';

/** JSON in ASCII only, so that untrusted text cannot control a terminal. */
export function jsonText(value: unknown): string {
	return inAscii(JSON.stringify(value, undefined, 2));
}

/** The same on one line. */
export function jsonLine(value: unknown): string {
	return inAscii(JSON.stringify(value));
}

function inAscii(json: string): string {
	return json.replaceAll(/[\u{7F}-\u{10FFFF}]/gu, character =>
		Array.from(
			{length: character.length},
			(_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
		).join(''),
	);
}

/** A key as `list --json` prints it; scripts depend on this shape. It contains no credential. */
function lastTestJson({lastTest}: ShownKey): Omit<TestSummary, 'said'> | null {
	if (!lastTest) return null;
	const {said: _, ...summary} = lastTest;
	return summary;
}

function freezeJson({freeze}: ShownKey) {
	return freeze ? {at: freeze.at, readOnly: freeze.readOnly ?? null} : null;
}

export function keyJson(key: ShownKey, now: number, duplicates?: Duplicates) {
	const found = findings(key, now, duplicates);
	return {
		name: key.name,
		description: key.description,
		type: key.type,
		environment: key.environment,
		site: key.site,
		account: {
			kind: key.account.kind,
			uid: key.account.uid ?? null,
			mainUid: key.account.mainUid ?? null,
			subAccount: key.account.subAccount ?? null,
		},
		permissions: key.permissions,
		ip: key.ip,
		binding: bindingOf(key),
		isTypeTold: purposeOf(key) !== 'unknown',
		apiKeyMasked: mask(key.credential.apiKey),
		status: key.status,
		freeze: freezeJson(key),
		incident: isUnfinished(key) ? null : (key.incident ?? null),
		tags: key.tags,
		usedBy: key.usedBy ?? [],
		expiresAt: key.expiresAt ?? null,
		createdAt: key.createdAt,
		updatedAt: key.updatedAt,
		lastTest: lastTestJson(key),
		daysLeft: daysLeft(key, now),
		findings: found.map(({id, severity, text}) => ({id, severity, text})),
		score: scoreOf(key, found),
	};
}

/** Lines with aligned, sanitized columns. On a terminal the last column is cut to fit; elsewhere nothing is cut. */
export function table(
	headings: readonly string[],
	rows: readonly (readonly string[])[],
	columns: number | undefined,
): string {
	const lines = [headings, ...rows.map(row => row.map(cell => sanitize(cell)))];
	// Loops over plain arrays: a list may have 10,000 rows.
	const widths = lines.map(cells => cells.map(text => width(text)));
	const most = headings.map(() => 0);
	for (const row of widths)
		for (let index = 0; index < row.length; index++) if (row[index]! > most[index]!) most[index] = row[index]!;
	return lines
		.map((cells, at) => {
			const padded = cells.map((text, index) =>
				index === cells.length - 1 ? text : text + ' '.repeat(most[index]! - widths[at]![index]!),
			);
			const line = padded.join('  ').trimEnd();
			return columns === undefined ? line : truncate(line, columns);
		})
		.join('\n');
}

export function facts(pairs: readonly (readonly [string, string])[], columns: number): string {
	return pairs.map(([name, value]) => `${padToWidth(name, columns)}  ${value}`).join('\n');
}

export function noteWarning(io: Io, {problem, fix}: Problem): void {
	io.note(`! ${sanitize(problem)} ${sanitize(fix)}`);
}

/** True for yes; anything else means no. */
export async function confirm(io: Io, question: string): Promise<boolean> {
	const answer = await io.ask(`${question} [y/N] `, {what: t`an answer`, instead: '--yes'});
	return /^y(es)?$/i.test(answer.trim());
}

/** Throws `aborted` unless `--yes` was given or the answer is yes. */
export async function requireConfirmation(io: Io, {yes}: {readonly yes: boolean}, question: string): Promise<void> {
	if (!yes && !(await confirm(io, question))) throw new AppError('aborted');
}

/** Like `requireConfirmation` for graver decisions: the answer must be `name` itself. */
export async function requireTypedName(
	io: Io,
	{yes}: {readonly yes: boolean},
	question: string,
	name: string,
): Promise<void> {
	if (yes) return;
	const typed = await io.ask(question, {what: t`the name`, instead: '--yes'});
	if (typed.trim() !== name) throw new AppError('aborted');
}

export function sourceName(file: string): string {
	return file === '-' ? t`Standard input` : sanitize(file);
}
