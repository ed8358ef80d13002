import {textOf} from '../actions/edit-plan.ts';
import {shownByName} from '../actions/keys.ts';
import {accountOf, accountWord, accountWords, isAccount} from '../core/key/account.ts';
import {ipWords} from '../core/health/binding.ts';
import {blastRadius} from '../core/health/blast-radius.ts';
import {duplicatesIn, findings} from '../core/health/findings.ts';
import {ageWords, idleWords, lifetimeOf} from '../core/health/lifetime.ts';
import {scoreOf, scoreWords} from '../core/health/score.ts';
import {expiryWords} from '../core/key/expiry.ts';
import {wordsOfUse} from '../core/key/words-of-use.ts';
import {causeOf} from '../core/key/test-cause.ts';
import {sanitize, sanitizeLines} from '../core/text/sanitize.ts';
import {mask} from '../core/text/mask.ts';
import {formatTime} from '../core/text/time.ts';
import {statusWord, type ShownKey} from '../core/key/operation.ts';
import {defineCommand, required} from '../cli/command.ts';
import {flag} from '../cli/option.ts';
import {noteReveal} from '../cli/note-use.ts';
import {unlock} from '../cli/unlock.ts';
import {facts, jsonText, keyJson} from '../cli/print.ts';
import {msg, t} from '../language/translate.ts';

/** The width of the labels, in columns. */
const valueColumn = 14;
const shownTests = 10;
const shownUses = 3;

export const showCommand = defineCommand({
	name: 'show',
	summary: msg`show one key; its secrets only with --reveal`,
	examples: [msg`okx-keys show grid`, msg`okx-keys show grid --reveal --json | jq -r .secretKey`],
	operand: required('name'),
	options: {reveal: flag('--reveal', msg`print API key, secret key and passphrase in clear`)},
	printsSecrets: ({options: {reveal}}) => reveal,
	async run(session, {operand: name, options: {reveal}}) {
		const {context, io} = session;
		await unlock(session);
		const content = context.vault.read();
		const key = shownByName(content, name);
		const duplicates = duplicatesIn(content.keys);
		const now = context.clock();
		const {apiKey, secretKey, passphrase} = key.credential;
		if (reveal) await noteReveal(session, key);
		const clear = reveal ? {apiKey, secretKey: secretKey.reveal(), passphrase: passphrase.reveal()} : undefined;
		const live = key.lastTest?.live;
		const reach = blastRadius(key, key.lastTest?.live ?? null);
		if (io.json) {
			(clear ? io.secret : io.out)(
				jsonText({
					...keyJson(key, now, duplicates),
					lifetime: lifetimeOf(key, now),
					history: key.history ?? [],
					uses: key.uses ?? [],
					blastRadius: reach ?? null,
					...clear,
				}),
			);
			return 'ok';
		}

		const found = findings(key, now, duplicates);
		const score = scoreOf(key, found);
		const life = lifetimeOf(key, now);
		io.out(
			facts(
				[
					[t`Name`, sanitize(key.name)],
					[t`Description`, sanitizeLines(key.description).join(`\n${' '.repeat(valueColumn + 2)}`) || '-'],
					[t`Type`, textOf('type', key)],
					[
						t`Account`,
						key.account.subAccount === undefined
							? accountWords(key.account)
							: `${accountWord(key)} (${accountWords(key.account)})`,
					],
					...(live && !isAccount(key.account, live) ? [[t`On exchange`, accountWords(accountOf(live))] as const] : []),
					[t`Site`, `${sanitize(key.site)}, ${key.environment}`],
					[t`Permissions`, key.permissions.join(', ')],
					[t`IPs`, ipWords(key)],
					[t`Tags`, key.tags.map(tag => sanitize(tag)).join(', ') || '-'],
					...(key.usedBy?.length ? [[t`Used by`, key.usedBy.map(note => sanitize(note)).join(', ')] as const] : []),
					[t`Expires`, expiryWords(key.expiresAt, now)],
					[t`Status`, statusWord(key)],
					[t`Created`, formatTime(key.createdAt)],
					[
						t`Last test`,
						key.lastTest ? `${formatTime(key.lastTest.at)}: ${sanitize(causeOf(key.lastTest))}` : t`never`,
					],
					...historyFacts(key),
					...usesFacts(key),
					[t`Days left`, idleWords(life, now)],
					[t`Age`, ageWords(life, now)],
					[t`A thief`, reach ?? t`nothing known: the key is not in use`],
					...(score === null ? [] : [[t`Score`, scoreWords(score)] as const]),
					...(clear ? [] : secretFacts(mask(apiKey), secretKey.toString(), passphrase.toString())),
				],
				valueColumn,
			),
		);
		if (clear) io.secret(facts(secretFacts(clear.apiKey, clear.secretKey, clear.passphrase), valueColumn));
		for (const {text} of found) io.note(`! ${sanitize(text)}`);
		return 'ok';
	},
});

function secretFacts(apiKey: string, secretKey: string, passphrase: string): (readonly [string, string])[] {
	return [
		[t`API key`, apiKey],
		[t`Secret key`, secretKey],
		[t`Passphrase`, passphrase],
	];
}

function usesFacts({uses = []}: ShownKey): (readonly [string, string])[] {
	if (uses.length === 0) return [];
	const last = uses.slice(-shownUses).toReversed();
	return [
		[
			t`Given to`,
			last.map(use => `${wordsOfUse(use)}, ${formatTime(use.at)}`).join(`\n${' '.repeat(valueColumn + 2)}`),
		],
	];
}

function historyFacts({lastTest, history = []}: ShownKey): (readonly [string, string])[] {
	if (!lastTest) return [];
	const {ok, since, goodAt} = lastTest;
	return [
		...(history.length === 0
			? []
			: [
					[
						t`Tests`,
						history
							.slice(-shownTests)
							.map(([, code, latencyMs]) =>
								code !== 0 ? t`failed ${code}` : latencyMs === null ? 'ok' : t`${Math.round(latencyMs)} ms`,
							)
							.join(', '),
					] as const,
				]),
		...(ok || since === undefined ? [] : [[t`Failing since`, formatTime(since)] as const]),
		...(ok || goodAt === undefined
			? []
			: [[t`Last good`, goodAt === null ? t`never seen here` : formatTime(goodAt)] as const]),
	];
}
