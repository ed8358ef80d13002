import {describe, expect, test} from 'vitest';
import {keysWords} from '../../source/core/activity/words.ts';
import {limits} from '../../source/core/limits.ts';
import {dayMs} from '../../source/core/text/time.ts';
import {activityRecorder} from '../../source/vault/activity/log.ts';
import {readActivity} from '../../source/vault/activity/read.ts';
import type {VaultContent} from '../../source/vault/vault.ts';
import {activityLog} from '../helpers/activity.ts';
import {storedKey} from '../helpers/keys.ts';

const alice = {actor: () => ({user: 'alice', host: 'desk', client: '203.0.113.9'})};
const start = Date.UTC(2026, 10, 30);

/** A record that is written by many saves, without a vault. */
function recording(times: number, changeAt: (content: VaultContent, index: number) => VaultContent, everyMs = 1) {
	let now = start;
	const record = activityRecorder({clock: () => now, actor: alice.actor});
	let content: VaultContent = record({keys: [storedKey()]}, {rev: 1});
	for (let rev = 1; rev <= times; rev++) {
		now += everyMs;
		content = record(changeAt(content, rev), {rev: rev + 1, before: {rev, content}});
	}

	return content;
}

const used = (content: VaultContent, index: number): VaultContent => ({
	...content,
	keys: content.keys.map(key => ({...key, uses: [{at: index, by: 'exec', program: 'bot'} as const]})),
});
const described = (content: VaultContent, index: number): VaultContent => ({
	...content,
	keys: content.keys.map(key => ({...key, description: String(index)})),
});

describe('a record', () => {
	test('activity-rewritten: tells where an entry was taken out, and goes on telling it', () => {
		const content = recording(4, described);
		const log = content.activity as ReturnType<typeof activityLog>;
		const lines = log.changes.lines.toSpliced(2, 1);
		const broken = {...content, activity: {...log, changes: {...log.changes, lines}}};
		const found = {kind: 'entry', at: start + 4};
		expect(readActivity(broken)).toMatchObject({entries: {length: 3}, breaks: [found]});
		const record = activityRecorder({clock: () => start + 100, actor: alice.actor});
		const later = record(described(broken, 9), {rev: 6, before: {rev: 5, content: broken}});
		expect(readActivity(later)).toMatchObject({entries: {length: 4}, breaks: [found]});
	});

	test('activity-renumbered: a whole chain with entries of other numbers is told', () => {
		expect(readActivity({keys: [], activity: activityLog([{}, {n: 7}])}).breaks).toContainEqual({kind: 'entry', at: 0});
		expect(readActivity({keys: [], activity: activityLog([{}, {}])}).breaks).toEqual([]);
	});

	test('keeps the last entries, of changes and of use each their own number, and says how many it dropped', () => {
		const [changes, uses] = [limits.activity.changes + 50, 40];
		const content = recording(changes + uses, (before, index) =>
			index <= uses ? used(before, index) : described(before, index),
		);
		const {entries, dropped, breaks} = readActivity(content);
		expect(breaks).toEqual([]);
		expect(entries.filter(({what}) => what === 'edited')).toHaveLength(limits.activity.changes);
		expect(entries.filter(({what}) => what === 'executed')).toMatchObject([{times: uses, since: start + 1}]);
		expect(dropped).toBe(50);
		expect(JSON.stringify(content.activity).length).toBeLessThan(300_000);
	});

	test('activity-flooded: one save cannot push out what was recorded before', () => {
		const content = recording(3, described);
		const record = activityRecorder({clock: () => start + 9, actor: alice.actor});
		const events = Array.from({length: 5000}, (_, index) => ({what: 'revealed', detail: String(index)}) as const);
		const flooded = record(content, {rev: 5, before: {rev: 4, content}, note: {events}});
		const {entries} = readActivity(flooded);
		expect(entries.filter(({what}) => what === 'edited')).toHaveLength(3);
		expect(entries.filter(({what}) => what === 'revealed')).toHaveLength(limits.activity.events + 1);
		expect(entries.at(-1)).toMatchObject({count: 5000 - limits.activity.events});
		expect(keysWords(entries.at(-1)!)).toBe('4980 more');
	});

	test('counts what is done again in one entry for each day, and each person', () => {
		const content = recording(48, used, dayMs / 24);
		expect(readActivity(content).entries.map(({what, times}) => [what, times])).toEqual([
			['executed', 23],
			['executed', 24],
			['executed', undefined],
		]);
		const record = activityRecorder({clock: () => start + 2 * dayMs, actor: () => ({user: 'bob', host: 'desk'})});
		const byBob = record(used(content, 99), {rev: 50, before: {rev: 49, content}});
		expect(readActivity(byBob).entries.at(-1)).toMatchObject({by: {user: 'bob'}});
		expect(readActivity(byBob).entries).toHaveLength(4);
	});

	test('holds no secret, and no text that steers a terminal or has no end', () => {
		const record = activityRecorder({
			clock: () => start,
			actor: () => ({user: `\u{1B}[31m${'u'.repeat(500)}`, host: '\u{202E}host'}),
		});
		const key = storedKey({name: `\u{1B}]0;${'n'.repeat(500)}\u{7}`, tags: ['t'.repeat(5000)]});
		const content = record({keys: [key]}, {rev: 1, before: {rev: 0, content: {keys: [{...key, tags: []}]}}});
		const text = JSON.stringify(content.activity);
		expect(text).not.toContain(key.credential.secretKey.reveal());
		expect(text).not.toContain(key.credential.passphrase.reveal());
		expect(text).not.toContain(key.credential.apiKey);
		expect(text).toMatch(/^[\x20-\x7E…]+$/);
		expect(text.length).toBeLessThan(2000);
	});
});
