import {wordsOfUse} from '../../core/key/words-of-use.ts';
import {suggestedCommand} from '../../core/invocation.ts';
import {accountWord, accountWords} from '../../core/key/account.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {formatMinute, formatTime} from '../../core/text/time.ts';
import {helpPage, isSandboxSite} from '../../exchange/sites.ts';
import {listed, msg, sentences, t, type Translatable} from '../../language/translate.ts';
import {isCancellable} from './payment-states.ts';
import {recordCounts, recordSections} from './record-sections.ts';
import type {CutState, IncidentReport, RelatedKey, Relation, Section} from './report.ts';

/** A report as people read it: on the screen, in the terminal, and as Markdown for the exchange's support. */
export function sectionsOf(report: IncidentReport): readonly Section[] {
	return [
		aboutSection(report),
		{
			title: t`What a thief could do`,
			text: [t`A thief of this key ${report.could.words}, until it is cut off.`],
			...(report.could.ip.length > 0 && {
				facts: [[t`Allow-list`, report.could.ip.map(entry => sanitize(entry)).join(', ')]],
			}),
		},
		{
			title: t`What the account did since ${formatMinute(report.since)} UTC`,
			text: [
				t`The exchange does not tell which key did what: this is what the whole account did. Algo orders and trading
					bots of the exchange are not among it.`,
				...(report.unread === null ? [] : [report.unread]),
			],
			facts: recordCounts(report),
		},
		...recordSections(report),
		...(report.requests.length === 0 ? [] : [requestSection(report)]),
		{title: t`What to do now`, tasks: tasksOf(report)},
	];
}

const states: Readonly<Record<CutState, Translatable>> = {
	deleted: msg`deleted on the exchange`,
	'read-only': msg`may only read, not deleted yet`,
	works: msg`still works on the exchange, as far as is known`,
};

function aboutSection({at, key, cut}: IncidentReport): Section {
	return {
		title: t`Suspected leak of ${sanitize(key.name)}`,
		facts: [
			[t`Key`, states[cut.state]()],
			[t`Cut off`, cut.at === null ? t`not known` : formatTime(cut.at)],
			...(cut.deletedAt === null ? [] : [[t`Deleted`, formatTime(cut.deletedAt)] as const]),
			[t`Incident began`, formatTime(cut.begunAt)],
			[t`This report`, formatTime(at)],
			[t`Name on the exchange`, key.label === null ? t`not known` : sanitize(key.label)],
			[t`API key begins with`, sanitize(key.apiKeyBegins)],
			[t`Account`, `${accountWord(key)}: ${accountWords(key.account)}`],
			[
				t`Site`,
				`${sanitize(key.site)} (${key.host === null ? t`host not known` : sanitize(key.host)}), ${key.environment}`,
			],
		],
	};
}

const relationWords: Readonly<Record<Relation, Translatable>> = {
	account: msg`of the same account`,
	passphrase: msg`with the same passphrase`,
	secret: msg`with the same secret key`,
	address: msg`bound to the same address`,
	program: msg`given to the same program`,
};

function tasksOf(report: IncidentReport): readonly string[] {
	const {key, cut, copies, uses, related, read} = report;
	const open = read.find(({kind}) => kind === 'openOrders')?.records.length ?? 0;
	const leaving = read.flatMap(part =>
		part.kind === 'withdrawals' ? part.records.filter(one => isCancellable(one)) : [],
	);
	return [
		...(cut.state === 'deleted' ? [] : [deletion(report)]),
		...leaving.map(
			({amount, currency, id}) =>
				t`Cancel the withdrawal ${id} of ${amount} ${currency} on the exchange’s page if it is not yours. It can still
					be cancelled.`,
		),
		...(open === 0
			? []
			: [
					open === 1
						? t`Cancel the open order if it should not be there: deleting a key does not cancel it.`
						: t`Cancel those of the ${open} open orders that should not be there: deleting a key cancels none.`,
				]),
		...(report.unread === null
			? []
			: [
					t`Look at the orders, withdrawals and transfers on the exchange’s page. If you make a key of this account that
						may only read, and store it here, ${suggestedCommand('incident', key.name)} reads them.`,
				]),
		...copies.map(({path}) => t`Delete the copy in ${sanitize(path)}, where a search found it.`),
		t`Search this machine for copies: ${suggestedCommand('scan')}.`,
		...uses.map(use => t`Give ${wordsOfUse(use)} another key: it was given this one on ${formatMinute(use.at)} UTC.`),
		...related.map(relation => rotation(relation)),
		...(isSandboxSite(key.site)
			? []
			: [t`Report it in the live chat of ${helpPage}, with this report. It says which key it was without any secret.`]),
	];
}

function deletion({key, cut}: IncidentReport): string {
	const again = suggestedCommand('incident', key.name);
	if (isSandboxSite(key.site)) return sentences(cut.problem ?? '', t`${again} goes on.`);
	return sentences(
		cut.problem ?? '',
		t`Delete it on the exchange’s page: log in at ${key.page}, find ${sanitize(key.label ?? key.name)} in the list, and
			choose Delete. Then ${again} makes sure that it is gone.`,
	);
}

function rotation({name, relations}: RelatedKey): string {
	const shared = listed(relations.map(relation => relationWords[relation]()));
	return t`${sanitize(name)} may be leaked too, as it is ${shared}: ${suggestedCommand('rotate', name)} replaces it.`;
}

function requestSection({requests}: IncidentReport): Section {
	return {
		title: t`Requests of okx-keys`,
		text: [t`None of these is a request of the thief. 0 means that it was done.`],
		table: {
			headings: [t`Time`, t`Answer`, t`Request`],
			rows: requests.map(({at, method, path, answer}) => [formatTime(at), answer, `${method} ${path}`]),
		},
	};
}
