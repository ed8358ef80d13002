import {shownKeys} from '../actions/keys.ts';
import {noKeysWords, noMatchWords} from '../actions/no-keys.ts';
import {ipWord} from '../core/health/binding.ts';
import {duplicatesIn, type Duplicates} from '../core/health/findings.ts';
import {healthWordOf} from '../core/health/health-word.ts';
import {daysLeft} from '../core/health/idle.ts';
import {idleWord, lifetimeOf} from '../core/health/lifetime.ts';
import {accountWord} from '../core/key/account.ts';
import {filterKeys, filterTerms} from '../core/key-list/filter.ts';
import type {KeyUse} from '../core/key/key.ts';
import {wordsOfUse} from '../core/key/words-of-use.ts';
import type {ShownKey} from '../core/key/operation.ts';
import {mask} from '../core/text/mask.ts';
import {agoWords} from '../core/text/time.ts';
import {inEnglish, msg} from '../language/translate.ts';
import {siteNamed} from '../exchange/sites.ts';
import {defineCommand, several} from '../cli/command.ts';
import {jsonText, table} from '../cli/print.ts';
import {unlock} from '../cli/unlock.ts';

/**
 * A key as a program or an agent may know it; scripts depend on this shape. Free text is left out: it may hold
 * anything.
 */
function profileOf(key: ShownKey, now: number, duplicates: Duplicates, healthyScore: number) {
	const {name, environment, site, account, permissions, ip, status, credential, lastTest, lastUsedAt} = key;
	const lastGiven = lastGivenOf(key);
	return {
		name,
		environment,
		site,
		account: {kind: account.kind, uid: account.uid ?? null, subAccount: account.subAccount ?? null},
		permissions,
		ip,
		apiKeyMasked: mask(credential.apiKey),
		status,
		health: healthWordOf(key, now, duplicates, healthyScore),
		daysLeft: daysLeft(key, now),
		lastTest: lastTest && {at: lastTest.at, ok: lastTest.ok, code: lastTest.code},
		lastUsedAt,
		lastGiven: lastGiven ? {at: lastGiven.at, by: lastGiven.by, program: lastGiven.program} : null,
	};
}

export const profilesCommand = defineCommand({
	name: 'profiles',
	summary: msg`list keys for programs and AI agents: what each is and can do, never a secret; words as for list`,
	examples: [msg`okx-keys profiles`, msg`okx-keys profiles env:demo perm:trade --json`],
	operand: several('words', filterTerms),
	async run(session, {operand: words}) {
		const {context, io} = session;
		await unlock(session);
		const now = context.clock();
		const all = shownKeys(context.vault.read());
		const duplicates = duplicatesIn(all);
		const healthyScore = context.settings.get('healthy-score');
		const keys = filterKeys(all, words.join(' '), {now, duplicates, healthyScore, siteNamed});
		if (io.json) io.out(jsonText(inEnglish(() => keys.map(key => profileOf(key, now, duplicates, healthyScore)))));
		else if (all.length === 0) io.note(noKeysWords(context.vault.read(), context.sandbox));
		else if (keys.length === 0) io.note(noMatchWords(words.join(' '), 'profiles'));
		else
			io.out(
				table(
					['NAME', 'ENV', 'SITE', 'ACCOUNT', 'PERMISSIONS', 'IPS', 'HEALTH', 'DAYS', 'LAST GIVEN TO'],
					keys.map(key => [
						key.name,
						key.environment,
						key.site,
						accountWord(key),
						key.permissions.join(','),
						ipWord(key),
						healthWordOf(key, now, duplicates, healthyScore).word,
						idleWord(lifetimeOf(key, now)),
						lastGivenWords(key, now),
					]),
					io.columns,
				),
			);
		return 'ok';
	},
});

/** To a program or into a file, and not to the clipboard of a person. */
function lastGivenOf({uses = []}: ShownKey): KeyUse | undefined {
	return uses.findLast(({by}) => by !== 'copy');
}

function lastGivenWords(key: ShownKey, now: number): string {
	const last = lastGivenOf(key);
	return last ? `${wordsOfUse(last)}, ${agoWords(last.at, now)}` : '-';
}
