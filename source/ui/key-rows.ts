import {driftOf} from '../core/drift.ts';
import type {Drift, StoredKey} from '../core/key.ts';
import {daysLeft, findings} from '../core/rules.ts';
import {ago, clean, cleanLines, fit, mask} from '../core/text.ts';
import type {Row} from './components/rows.tsx';
import {accountWord, ipList, statusWords, typeWords} from './key-words.ts';
import {signs, type Tone} from './theme.ts';
import {chop, wrap} from './wrap.ts';

const labelWidth = 12;
const severityTones: Readonly<Record<'bad' | 'warn' | 'info', Tone>> = {bad: 'bad', warn: 'warn', info: 'muted'};

/** A label and a value that may take several rows. */
export function fact(label: string, value: string, width: number, tone: Tone = 'plain'): Row[] {
	return factRows(label, wrap(value, Math.max(8, width - labelWidth)), tone);
}

function factRows(label: string, values: readonly string[], tone: Tone): Row[] {
	return values.map((text, index) => [{text: fit(index === 0 ? label : '', labelWidth), tone: 'muted'}, {text, tone}]);
}

/** A secret in clear, cut only at the end of a row, or its dots. */
export function secretFact(label: string, clear: string, shownInstead: string | null, width: number): Row[] {
	if (shownInstead !== null) return factRows(label, [shownInstead], 'muted');
	return factRows(label, chop(clean(clear), Math.max(8, width - labelWidth)), 'accent');
}

/** The three parts of a credential, in clear or masked. */
export function credentialFacts({credential: {apiKey, secretKey, passphrase}}: StoredKey, isRevealed: boolean, width: number): Row[] {
	return [
		...secretFact('API key', apiKey, isRevealed ? null : mask(apiKey) || 'none yet', width),
		...secretFact('Secret key', secretKey.reveal(), isRevealed ? null : secretKey.toString(), width),
		...secretFact('Passphrase', passphrase.reveal(), isRevealed ? null : passphrase.toString(), width),
	];
}

/** What is risky about a key, a row or more each. */
export function findingRows(key: StoredKey, now: number, width: number): Row[] {
	return findings(key, now).flatMap(({severity, text}) => wrap(`${severity === 'bad' ? signs.bad : severity === 'warn' ? signs.warn : signs.dot} ${clean(text)}`, width).map((row): Row => [{text: row, tone: severityTones[severity]}]));
}

function testWords({lastTest}: StoredKey, now: number): {readonly text: string; readonly tone: Tone} {
	if (!lastTest) return {text: 'never', tone: 'muted'};
	const speed = lastTest.latencyMs === null ? '' : `, ${Math.round(lastTest.latencyMs)} ms`;
	const when = ago(lastTest.at, now);
	return {text: `${lastTest.ok ? `${signs.good} works` : `${signs.bad} ${clean(lastTest.cause)}`}${speed}, ${when === 'now' ? 'just now' : `${when} ago`}`, tone: lastTest.ok ? 'good' : 'bad'};
}

/** A description, which is the one text of several lines. */
export function descriptionRows({description}: StoredKey, width: number): Row[] {
	return description === '' ? [] : cleanLines(description).flatMap(line => wrap(line, width)).map((text): Row => [text]);
}

/** Everything else about a key but its secrets. What the exchange said last stands beneath what is declared, where they differ. */
export function keyFacts(key: StoredKey, now: number, width: number): Row[] {
	const {lastTest, account} = key;
	// What a test saw before the key was changed says nothing of the key as it is now.
	const drifts = lastTest?.live && key.status === 'active' && key.updatedAt <= lastTest.at ? driftOf(key, lastTest.live) : [];
	const declared = (label: string, value: string, field: Drift['field']) => {
		const drift = drifts.find(one => one.field === field);
		return [...fact(label, value, width), ...(drift ? fact('', `${signs.warn} on the exchange: ${clean(drift.live)}`, width, 'bad') : [])];
	};
	const test = testWords(key, now);
	const left = key.status === 'active' ? daysLeft(key, now) : null;
	return [
		...(key.status === 'active' ? [] : fact('Status', statusWords[key.status], width, 'warn')),
		...declared('Account', accountWord(key), 'account'),
		...(account.uid === undefined ? [] : fact('User id', clean(account.uid), width)),
		...fact('Type', typeWords[key.type], width),
		...fact('Site', `${clean(key.site)}, ${key.environment}`, width),
		...declared('Permissions', key.permissions.join(', '), 'permissions'),
		...declared('IPs', ipList(key.ip), 'ip'),
		...(key.label === null || (key.label === key.name && !drifts.some(({field}) => field === 'label')) ? [] : declared('On exchange', clean(key.label), 'label')),
		...(key.tags.length === 0 ? [] : fact('Tags', key.tags.map(tag => clean(tag)).join(', '), width)),
		...fact('Last test', test.text, width, test.tone),
		...(lastTest?.live ? fact('KYC level', clean(lastTest.live.kycLv), width) : []),
		...(left === null ? [] : fact('Days left', `${left} of 14, if unused until then`, width, left <= 3 ? 'warn' : 'plain')),
		...fact('Created', new Date(key.createdAt).toISOString().slice(0, 16).replace('T', ' '), width),
	];
}
