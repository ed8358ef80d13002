import {formatDuration} from '../text/duration.ts';
import {dayMs} from '../text/time.ts';
import {exits, type Exit} from '../exit-status.ts';
import type {IpBinding, purposeOf} from './binding.ts';
import {causeOf} from '../key/test-cause.ts';
import type {Drift, LiveKey, StoredKey} from '../key/key.ts';
import {isUnfinished, type ShownKey} from '../key/operation.ts';
import {frozenWords} from '../key/freeze.ts';
import {openIncidentWords} from '../key/incident.ts';
import {dayCount, lastDay, type Lifetime} from './lifetime.ts';
import {isUnknownPermission, unknownPermissions} from '../key/permission.ts';
import {limits} from '../limits.ts';
import {partWords} from '../key/credential-form.ts';
import {sanitize} from '../text/sanitize.ts';
import {isForDocumentation, unreachableProblem} from '../ip/unreachable.ts';
import {listed, msg, t, type Translatable} from '../../language/translate.ts';

export type Severity = 'bad' | 'warn' | 'info';

/** The input for all findings of one key. Times are ms since 1970. */
export type Facts = {
	readonly key: ShownKey;
	readonly now: number;
	/** The last answer of the exchange; null before the first one. */
	readonly live: LiveKey | null;
	/** `permissions` and `ip` are live, or declared before the first answer. */
	readonly permissions: StoredKey['permissions'];
	readonly ip: StoredKey['ip'];
	readonly binding: IpBinding;
	readonly purpose: ReturnType<typeof purposeOf>;
	/** Days of the exchange's idle rule; null where it does not apply. */
	readonly idle: Lifetime['idle'];
	readonly soonDays: number;
	/** Days before the owner's expiry date from which it is a finding. */
	readonly expiryWarningDays: number;
	readonly maxAgeDays: number;
	/** Live permissions beyond read that are not declared. */
	readonly appeared: StoredKey['permissions'];
	readonly account: Pick<Drift, 'declared' | 'live'> | undefined;
	/** Names of drifted fields, without those that have a finding of their own. */
	readonly drifted: readonly string[];
	readonly isDuplicate: boolean;
};

/** The text continues a sentence that begins with the key's name; `severity` replaces the usual one. */
export type FindingDetails = string | {readonly text: string; readonly severity: Severity};

export type FindingKind = {
	readonly severity: Severity;
	readonly points: number;
	/**
	 * The exit status of `check`; null where only a policy can forbid it, or where `check` reports it in other words.
	 */
	readonly exit: Exit | null;
	/** The title of the card on the health screen. */
	readonly label: Translatable;
	readonly reason: Translatable;
	/** One word for the list of keys. */
	readonly word: Translatable;
	/** Judged by what is known on this machine, whatever the exchange says of the key. */
	readonly isLocal?: true;
	/** Without it, `find` is called for active keys only. */
	readonly ofAnyStatus?: true;
	readonly find: (facts: Facts) => FindingDetails | undefined;
};

/** Among findings of the same severity, the earlier row comes first. */
export const findingKinds = {
	'creation-unfinished': {
		severity: 'bad',
		points: 50,
		exit: null,
		label: msg`Creation interrupted`,
		reason: msg`creation was interrupted`,
		word: msg`unfinished`,
		ofAnyStatus: true,
		find: ({key}) => (isUnfinished(key) ? t`creation was interrupted: revoke it to clean up` : undefined),
	},
	'revoked-but-working': {
		severity: 'bad',
		points: 60,
		exit: null,
		label: msg`Work though revoked`,
		reason: msg`works though revoked`,
		word: msg`still alive`,
		ofAnyStatus: true,
		find({key: {status, lastTest, updatedAt}}) {
			const isAlive = status === 'revoked' && lastTest?.ok === true && lastTest.at > updatedAt;
			return isAlive ? t`is marked as revoked, yet works on the exchange` : undefined;
		},
	},
	'incident-open': {
		severity: 'bad',
		points: 60,
		exit: 'frozen',
		label: msg`Suspected leak`,
		reason: msg`may be leaked`,
		word: msg`leaked?`,
		ofAnyStatus: true,
		find: ({key}) => (isUnfinished(key) ? undefined : openIncidentWords(key)),
	},
	frozen: {
		severity: 'warn',
		points: 0,
		exit: 'frozen',
		label: msg`Frozen`,
		reason: msg`frozen`,
		word: msg`frozen`,
		isLocal: true,
		// The old key of a rotation is frozen by it, which has a finding of its own.
		find: ({key: {freeze, rotation}}) => (freeze && (!rotation || freeze.readOnly) ? frozenWords(freeze) : undefined),
	},
	'rotation-unfinished': {
		severity: 'warn',
		points: 5,
		exit: 'unfinished',
		isLocal: true,
		label: msg`Rotation not finished`,
		reason: msg`rotation not finished`,
		word: msg`rotating`,
		ofAnyStatus: true,
		find: ({key}) =>
			isUnfinished(key) || !key.rotation
				? undefined
				: t`is being replaced by a new key: go on with its rotation, or undo it`,
	},
	'can-withdraw': {
		severity: 'warn',
		points: 30,
		exit: null,
		label: msg`Withdraw is on`,
		reason: msg`can withdraw`,
		word: msg`withdraw`,
		find({permissions, binding}) {
			if (!permissions.includes('withdraw')) return undefined;
			if (binding !== 'unbound') return t`can withdraw funds`;
			return {text: t`can withdraw funds from any address`, severity: 'bad'};
		},
	},
	'no-ip-allowlist': {
		severity: 'bad',
		points: 30,
		exit: null,
		label: msg`Trade from any address`,
		reason: msg`trade from any address`,
		word: msg`no IP list`,
		find({permissions, binding}) {
			if (binding !== 'unbound' || !permissions.includes('trade')) return undefined;
			return t`can trade and move funds between own accounts from any address`;
		},
	},
	'plain-text-copy': {
		severity: 'bad',
		points: 30,
		exit: 'policy',
		label: msg`Secret in plain text`,
		reason: msg`secret in plain text`,
		word: msg`copied`,
		isLocal: true,
		find({key: {copies = []}}) {
			const [first] = copies;
			if (!first) return undefined;
			const others = copies.length - 1;
			const [part, place] = [partWords[first.part](), sanitize(first.path)];
			const text =
				others === 0
					? t`its ${part} is in plain text in ${place}`
					: others === 1
						? t`its ${part} is in plain text in ${place}, and there is one more copy`
						: t`its ${part} is in plain text in ${place}, and there are ${others} more copies`;
			return {text, severity: first.part === 'secretKey' ? 'bad' : 'warn'};
		},
	},
	'test-failing': {
		severity: 'bad',
		points: 30,
		exit: null,
		label: msg`Last test failed`,
		reason: msg`last test failed`,
		word: msg`failing`,
		find({key: {lastTest}}) {
			if (!lastTest || lastTest.ok || lastTest.code === exits.drift.status) return undefined;
			return t`last test failed: ${causeOf(lastTest)}`;
		},
	},
	'permission-added': {
		severity: 'bad',
		points: 40,
		exit: null,
		label: msg`May do more than declared`,
		reason: msg`may do more than is declared`,
		word: msg`alarm`,
		find({appeared}) {
			const known = appeared.filter(permission => !isUnknownPermission(permission));
			return known.length > 0 ? t`may ${listed(known)} on the exchange, which is not declared here` : undefined;
		},
	},
	'unknown-permission': {
		severity: 'bad',
		points: 40,
		exit: null,
		label: msg`Unknown permission`,
		reason: msg`permission that is not known`,
		word: msg`perm?`,
		find({permissions, appeared}) {
			const undeclared = unknownPermissions(appeared);
			if (undeclared.length > 0) {
				const words = listed(undeclared);
				return t`has the permission ${words} on the exchange, which okx-keys does not know and which is not declared
					here`;
			}

			const accepted = listed(unknownPermissions(permissions));
			if (accepted === '') return undefined;
			return {text: t`has the permission ${accepted}, and okx-keys does not know what it allows`, severity: 'warn'};
		},
	},
	'other-account': {
		severity: 'bad',
		points: 40,
		exit: null,
		label: msg`Of another account`,
		reason: msg`of another account`,
		word: msg`account`,
		find({account}) {
			return (
				account && t`belongs to another account than is declared here: ${account.live}; declared: ${account.declared}`
			);
		},
	},
	drift: {
		severity: 'bad',
		points: 15,
		exit: null,
		label: msg`Differ from the exchange`,
		reason: msg`differs from the exchange`,
		word: msg`drift`,
		find: ({drifted}) => (drifted.length > 0 ? t`differs from what the exchange says` : undefined),
	},
	'unreachable-ip': {
		severity: 'warn',
		points: 10,
		exit: null,
		label: msg`Addresses never seen`,
		reason: msg`an address that no call comes from`,
		word: msg`private IP`,
		// Documentation addresses cause a warning when they are declared; afterwards they are a trial, not a risk.
		find: ({key: {site}, ip}) =>
			unreachableProblem({ip: ip.filter(entry => !isForDocumentation(entry)), site})?.problem,
	},
	expiring: {
		severity: 'warn',
		isLocal: true,
		points: 15,
		exit: 'expiring',
		label: msg`Deleted soon if unused`,
		reason: msg`deleted soon if unused`,
		word: msg`expiring`,
		find({idle, soonDays}) {
			if (idle === null || idle.daysLeft >= soonDays) return undefined;
			const {daysLeft, isCertain} = idle;
			if (daysLeft === 0)
				return isCertain
					? t`the exchange may delete it today`
					: t`the exchange may delete it today, if no third-party app is linked to it`;
			const days = dayCount(daysLeft);
			return isCertain
				? t`the exchange deletes it in ${days} if nothing uses it`
				: t`the exchange deletes it in ${days} if nothing uses it and no third-party app is linked to it`;
		},
	},
	expired: {
		severity: 'bad',
		isLocal: true,
		points: 30,
		exit: 'expiring',
		label: msg`Past their expiry date`,
		reason: msg`past its expiry date`,
		word: msg`expired`,
		find({key: {expiresAt}, now}) {
			if (typeof expiresAt !== 'number' || expiresAt > now) return undefined;
			return t`is past its expiry date here, ${lastDay(expiresAt)}, and goes on working until it is revoked`;
		},
	},
	'expires-soon': {
		severity: 'warn',
		isLocal: true,
		points: 10,
		exit: 'expiring',
		label: msg`Near their expiry date`,
		reason: msg`near its expiry date`,
		word: msg`expires`,
		find({key: {expiresAt}, now, expiryWarningDays}) {
			if (typeof expiresAt !== 'number' || expiresAt <= now) return undefined;
			const left = expiresAt - now;
			if (left > expiryWarningDays * dayMs) return undefined;
			return t`reaches its expiry date here, ${lastDay(expiresAt)}, in ${formatDuration(left)}`;
		},
	},
	'ip-allowlist-unknown': {
		severity: 'warn',
		points: 15,
		exit: null,
		label: msg`IP list not known`,
		reason: msg`IP list not known`,
		word: msg`IP list?`,
		find({binding, purpose, permissions}) {
			const onlyReads = permissions.every(permission => permission === 'read');
			if (onlyReads || binding !== 'unknown' || purpose !== 'unknown') return undefined;
			return t`may be open to any address: whether it is for own trading or for a third-party app was never declared`;
		},
	},
	'kyc-too-low': {
		severity: 'warn',
		points: 10,
		exit: 'permissionMissing',
		label: msg`Held back by KYC`,
		reason: msg`KYC level below 2`,
		word: msg`KYC`,
		find: ({key, live}) => (live ? kycProblem(key, live) : undefined),
	},
	duplicate: {
		severity: 'warn',
		points: 10,
		exit: null,
		label: msg`Stored twice`,
		reason: msg`stored twice`,
		word: msg`duplicate`,
		find: ({isDuplicate}) => (isDuplicate ? t`is stored here under another name too` : undefined),
	},
	'rotation-due': {
		severity: 'warn',
		points: 10,
		exit: null,
		label: msg`Due for rotation`,
		reason: msg`due for rotation`,
		word: msg`old`,
		find({key: {createdAt}, now, maxAgeDays}) {
			const due = createdAt + maxAgeDays * dayMs;
			if (now <= due) return undefined;
			const ageDays = Math.floor((now - createdAt) / dayMs);
			return t`made ${dayCount(ageDays)} ago; rotation was due by ${lastDay(due)} (${dayCount(maxAgeDays)})`;
		},
	},
	untested: {
		severity: 'info',
		points: 10,
		exit: null,
		label: msg`Never tested`,
		reason: msg`never tested`,
		word: msg`untested`,
		find: ({key}) => (key.lastTest ? undefined : t`never tested`),
	},
} as const satisfies Readonly<Record<string, FindingKind>>;

export type FindingId = keyof typeof findingKinds;
export const findingIds = Object.keys(findingKinds) as readonly FindingId[];

/**
 * Since 2026-04 the exchange rejects live orders below KYC level 2 (docs/okx-api.md §3.1). Undefined where that does
 * not affect the key, or where the exchange gave no level.
 */
export function kycProblem(
	{environment}: Pick<StoredKey, 'environment'>,
	{permissions, kycLv}: LiveKey,
): string | undefined {
	const isHeldBack = environment === 'live' && permissions.includes('trade') && /^[01]$/.test(kycLv);
	return isHeldBack
		? t`the account has KYC level ${kycLv}: below 2 the exchange refuses live orders (59113)`
		: undefined;
}

export const usualSoonDays = 4;
export const usualExpiryWarningDays = 7;
export const usualMaxAgeDays = limits.rotationDays;
