import {accountWord} from '../../core/key/account.ts';
import {ipWords, purposeOf} from '../../core/health/binding.ts';
import {driftOf} from '../../core/health/drift.ts';
import {causeOf} from '../../core/key/test-cause.ts';
import type {Drift} from '../../core/key/key.ts';
import {isOnExchange, type ShownKey} from '../../core/key/operation.ts';
import {blastRadius} from '../../core/health/blast-radius.ts';
import {expiryWords} from '../../core/key/expiry.ts';
import {wordsOfUse} from '../../core/key/words-of-use.ts';
import {findings, type Duplicates, type Finding} from '../../core/health/findings.ts';
import {ageWords, idleWords, lastDay, lifetimeOf} from '../../core/health/lifetime.ts';
import {scoreOf, scoreWords} from '../../core/health/score.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {agoWords, formatMinute} from '../../core/text/time.ts';
import {mask} from '../../core/text/mask.ts';
import {padToWidth, truncate} from '../../core/text/width.ts';
import type {Secret} from '../../core/secret.ts';
import type {Row} from '../drawing/rows.tsx';
import {sparkline} from './sparkline.ts';
import {statusWords, typeWord} from './key-words.ts';
import {symbols, type Tone} from '../drawing/theme.ts';
import {chop, wrap, wrapLines} from '../drawing/wrap.ts';
import {t} from '../../language/translate.ts';

const labelWidth = 12;

export function labelledRows(label: string, value: string, width: number, tone: Tone = 'plain'): Row[] {
	return factRows(label, wrap(value, Math.max(8, width - labelWidth)), tone);
}

function factRows(label: string, values: readonly string[], tone: Tone): Row[] {
	return values.map((text, index) => [
		{text: padToWidth(index === 0 ? label : '', labelWidth), tone: 'muted'},
		{text, tone},
	]);
}

/** A secret in clear, cut only at the end of a row, or the text shown in its place. */
export function secretFact(label: string, secret: Secret | string, shownInstead: string | null, width: number): Row[] {
	if (shownInstead !== null) return factRows(label, [shownInstead], 'muted');
	// The plain text is made only here, where it is drawn.
	const clear = typeof secret === 'string' ? secret : secret.reveal();
	return factRows(label, chop(sanitize(clear), Math.max(8, width - labelWidth)), 'accent');
}

export function credentialFacts(
	{credential: {apiKey, secretKey, passphrase}}: ShownKey,
	isRevealed: boolean,
	width: number,
): Row[] {
	return [
		...secretFact(t`API key`, apiKey, isRevealed ? null : mask(apiKey) || t`none yet`, width),
		...secretFact(t`Secret key`, secretKey, isRevealed ? null : secretKey.toString(), width),
		...secretFact(t`Passphrase`, passphrase, isRevealed ? null : passphrase.toString(), width),
	];
}

const severitySigns: Readonly<Record<Finding['severity'], {readonly text: string; readonly tone: Tone}>> = {
	bad: {text: symbols.bad, tone: 'bad'},
	warn: {text: symbols.warn, tone: 'warn'},
	info: {text: symbols.dot, tone: 'plain'},
};

export function findingRows(found: readonly Finding[], width: number): Row[] {
	return found.flatMap(({severity, text}) =>
		wrap(sanitize(text), width - 2).map((row, index): Row =>
			index === 0 ? [severitySigns[severity], ` ${row}`] : [`  ${row}`],
		),
	);
}

function testWords(
	{lastTest}: ShownKey,
	now: number,
): {readonly text: string; readonly when: string; readonly tone: Tone} {
	if (!lastTest) return {text: t`never`, when: t`never`, tone: 'muted'};
	const {ok, latencyMs, at} = lastTest;
	const when = agoWords(at, now);
	const facts = [...(latencyMs === null ? [] : [t`${Math.round(latencyMs)} ms`]), when];
	return {
		text: `${
			ok
				? t`${symbols.good}
			works`
				: `${symbols.bad} ${sanitize(causeOf(lastTest)).replace(/\.$/, '')}`
		}, ${facts.join(', ')}`,
		when,
		tone: ok ? 'good' : 'bad',
	};
}

/**
 * The summary beside the list. Every fact has a fixed row and the variable parts come last, so that moving redraws
 * little on a slow link.
 */
export function summaryRows(key: ShownKey, now: number, width: number, duplicates?: Duplicates, height = 100): Row[] {
	const {lastTest, account, permissions, tags, credential} = key;
	const {idle} = lifetimeOf(key, now);
	const facts: readonly (readonly [label: string, value: string])[] = [
		[t`Permissions`, allPermissions(permissions, width - labelWidth)],
		[t`IPs`, ipWords(key)],
		[t`Account`, accountWord(key)],
		[t`User id`, userIdWords(account)],
		[t`Type`, purposeOf(key) === 'unknown' ? t`not told` : key.type === 'api' ? t`API key` : t`third-party app`],
		[t`Site`, `${sanitize(key.site)}, ${key.environment}`],
		[t`Last test`, testWords(key, now).when],
		[
			t`Answered in`,
			typeof lastTest?.latencyMs === 'number'
				? t`${Math.round(lastTest.latencyMs)} ms`
				: lastTest
					? t`no answer`
					: t`not known`,
		],
		[
			t`Days left`,
			idle === null ? t`no limit` : idle.isCertain ? String(idle.daysLeft) : t`${idle.daysLeft}, unless an app’s`,
		],
		[t`Created`, lastDay(key.createdAt)],
		[t`API key`, mask(credential.apiKey) || t`none yet`],
		[t`Tags`, tags.length === 0 ? t`none` : tags.map(tag => sanitize(tag)).join(', ')],
	];
	// The row of the last test already says that it was never tested.
	const found = findings(key, now, duplicates).filter(({severity}) => severity !== 'info');
	return [
		[{text: truncate(sanitize(key.name), width), tone: 'title'}],
		...facts.map(([label, value]): Row => [
			{text: padToWidth(label, labelWidth), tone: 'muted'},
			truncate(value, width - labelWidth),
		]),
		[],
		...findingRows(found, width),
		...(found.length > 0 ? [[]] : []),
		...descriptionRows(key, width, height),
	];
}

/** Every permission; where space is short, Read is left out, because every key has it. */
function allPermissions(permissions: readonly string[], width: number): string {
	const whole = permissions.join(', ');
	return whole.length <= width ? whole : permissions.filter(permission => permission !== 'read').join(', ');
}

function userIdWords({kind, uid, mainUid}: ShownKey['account']): string {
	if (uid === undefined) return t`not known yet`;
	return kind === 'sub' && mainUid !== undefined ? t`${sanitize(uid)}, of main ${sanitize(mainUid)}` : sanitize(uid);
}

export function descriptionRows({description}: Pick<ShownKey, 'description'>, width: number, most?: number): Row[] {
	return description === '' ? [] : wrapLines(description, width, most).map((text): Row => [text]);
}

/** Where it last went. */
function useRows({uses = []}: ShownKey, now: number, width: number): Row[] {
	const last = uses.at(-1);
	if (!last) return [];
	return labelledRows(t`Given to`, `${wordsOfUse(last)}, ${agoWords(last.at, now)}`, width);
}

/** All other facts but the secrets, with the live value beneath a declared one where they differ. */
export function keyFacts(key: ShownKey, now: number, width: number, isAscii = false): Row[] {
	const {lastTest, account} = key;
	const drifts = lastTest?.live && isOnExchange(key) ? driftOf(key, lastTest.live) : [];
	const declared = (label: string, value: string, field: Drift['field']) => {
		const drift = drifts.find(one => one.field === field);
		return [
			...labelledRows(label, value, width),
			...(drift ? labelledRows('', t`${symbols.warn} on the exchange: ${sanitize(drift.live)}`, width, 'bad') : []),
		];
	};
	const test = testWords(key, now);
	const life = lifetimeOf(key, now);
	const isElsewhere = isOnExchange(key) && lastTest?.exchangeCode === '50101';
	return [
		...(key.status === 'active' ? [] : labelledRows(t`Status`, statusWords[key.status](), width, 'warn')),
		...declared(t`Account`, accountWord(key), 'account'),
		...(account.uid === undefined ? [] : labelledRows(t`User id`, userIdWords(account), width)),
		...labelledRows(t`Type`, typeWord(key), width),
		...labelledRows(t`Site`, `${sanitize(key.site)}, ${key.environment}`, width),
		...(isElsewhere
			? labelledRows(
					'',
					t`${symbols.warn} on the exchange: ${key.environment === 'live' ? t`demo` : t`live`}`,
					width,
					'bad',
				)
			: []),
		...declared(t`Permissions`, key.permissions.join(', '), 'permissions'),
		...declared(t`IPs`, ipWords(key), 'ip'),
		...(key.label === null || (key.label === key.name && !drifts.some(({field}) => field === 'label'))
			? []
			: declared(t`On exchange`, sanitize(key.label), 'label')),
		...(key.tags.length === 0 ? [] : labelledRows(t`Tags`, key.tags.map(tag => sanitize(tag)).join(', '), width)),
		...(key.usedBy?.length ? labelledRows(t`Used by`, key.usedBy.map(note => sanitize(note)).join(', '), width) : []),
		...labelledRows(t`Last test`, test.text, width, test.tone),
		...historyRows(key, now, width, isAscii),
		...useRows(key, now, width),
		...(lastTest?.live ? labelledRows(t`KYC level`, sanitize(lastTest.live.kycLv) || t`not told`, width) : []),
		...(life.idle === null
			? []
			: labelledRows(t`Days left`, idleWords(life, now), width, life.idle.daysLeft <= 3 ? 'warn' : 'plain')),
		...labelledRows(t`Age`, ageWords(life, now), width),
		...(key.expiresAt ? labelledRows(t`Expires`, expiryWords(key.expiresAt, now), width) : []),
		...labelledRows(t`Created`, formatMinute(key.createdAt), width),
	];
}

export function riskRows(key: ShownKey, found: readonly Finding[], width: number): Row[] {
	const reach = blastRadius(key, key.lastTest?.live ?? null);
	const score = scoreOf(key, found);
	return [
		...(reach === undefined ? [] : wrap(t`A thief of this key ${reach}.`, width).map((text): Row => [text])),
		...(score === null ? [] : labelledRows(t`Score`, scoreWords(score), width)),
	];
}

function historyRows({lastTest, history = []}: ShownKey, now: number, width: number, isAscii: boolean): Row[] {
	if (!lastTest) return [];
	const {ok, since, goodAt} = lastTest;
	const when = (at: number) => `${lastDay(at)}, ${agoWords(at, now)}`;
	return [
		...(history.length < 2
			? []
			: [
					[
						{text: padToWidth(t`Tests`, labelWidth), tone: 'muted'},
						...sparkline(history, width - labelWidth, isAscii),
					] as Row,
				]),
		...(ok || since === undefined ? [] : labelledRows(t`Failing`, t`since ${when(since)}`, width, 'bad')),
		...(ok || goodAt === undefined
			? []
			: labelledRows(t`Last good`, goodAt === null ? t`never seen here` : when(goodAt), width)),
	];
}
