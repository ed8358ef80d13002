import {bindingOf, purposeOf} from '../core/health/binding.ts';
import {diagnose} from '../core/diagnosis/diagnose.ts';
import type {Diagnosis} from '../core/diagnosis/types.ts';
import {kycProblem} from '../core/health/finding-kinds.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {fieldWord} from '../core/key/field-words.ts';
import type {Drift, LiveKey, StoredKey} from '../core/key/key.ts';
import {limits} from '../core/limits.ts';
import {unknownPermissions} from '../core/key/permission.ts';
import {withVisibleCauses} from '../core/diagnosis/visible-causes.ts';
import type {Probe} from '../exchange/probe/key-probe.ts';
import type {Context} from './context.ts';
import {apiPage} from '../exchange/sites.ts';
import {listed, t} from '../language/translate.ts';

type Known = Pick<Context, 'clockService'> & {readonly noTouch: boolean};

export function verdictOf(
	key: StoredKey,
	{failure, live, skewMs}: Probe,
	drift: readonly Drift[],
	{clockService, noTouch}: Known,
): Diagnosis {
	const isOff = skewMs !== null && Math.abs(skewMs) > limits.clockWindowMs;
	const measured = {
		skewMs,
		environment: key.environment,
		ip: key.ip,
		site: key.site,
		...(clockService && (isOff || failure?.exchangeCode === '50112') && {clockService: clockService()}),
	};
	if (failure) return withVisibleCauses(diagnose(failure, measured), failure, key);
	// The exchange would refuse, or has not been asked at all.
	if (isOff) return diagnose({kind: 'code', exchangeCode: '50102', host: ''}, measured);
	if (noTouch)
		return {
			exit: 'ok',
			cause: t`The exchange is reached; nothing was signed, so the key itself was not tried.`,
			fix: '',
		};
	if (!live) return {exit: 'unexpected', cause: t`The exchange was not asked.`, fix: t`Test again.`};
	if (drift.length > 0) {
		return {
			exit: 'drift',
			cause: t`The key works, but differs from what is declared here: ${differing(key, live, drift)}.`,
			fix: driftFix(key, live, drift),
			offer: {act: 'accept-live'},
		};
	}

	const kyc = kycProblem(key, live);
	const binding = bindingOf(key, live);
	const words = live.permissions.join(', ');
	const cause = binding === 'unbound' ? t`The key works: ${words}, from any address.` : t`The key works: ${words}.`;
	if (kyc !== undefined)
		return {
			exit: 'ok',
			cause: t`${cause} But ${kyc}.`,
			fix: t`Complete the verification (level 2) on the page of the exchange.`,
		};
	return {
		exit: 'ok',
		cause,
		fix:
			binding === 'unknown' &&
			purposeOf(key) === 'unknown' &&
			live.permissions.some(permission => permission !== 'read')
				? purposeAsked(key)
				: '',
	};
}

function newWords(key: StoredKey, {permissions}: LiveKey): string {
	return unknownPermissions(permissions)
		.filter(word => !key.permissions.includes(word))
		.join(', ');
}

function differing(key: StoredKey, live: LiveKey, drift: readonly Drift[]): string {
	const unknown = newWords(key, live);
	return listed(
		drift.map(({field, live: said}) => {
			if (field === 'account') return t`account (it is of the ${said})`;
			return field === 'permissions' && unknown !== ''
				? t`permissions (${unknown} is not known to okx-keys)`
				: fieldWord(field);
		}),
	);
}

function driftFix(key: StoredKey, live: LiveKey, drift: readonly Drift[]): string {
	if (newWords(key, live) !== '')
		return t`See on its page what that permission allows (${apiPage(key)}), and revoke the key if you did not give it.`;
	if (drift.some(({field}) => field === 'account'))
		return t`The page of the exchange makes a key for the account that is selected there. If that was not the one you
			meant, delete the key; else accept what the exchange says.`;
	return drift.some(({alarm}) => alarm)
		? t`If you did not change this on the exchange, revoke the key now.`
		: t`If you changed this on the exchange, accept what it says.`;
}

/** The exchange does not tell the list of a key that is linked to an app, so the owner is asked once. */
function purposeAsked({name}: StoredKey): string {
	return t`The exchange reports no IP list, and it never does of a key for a third-party app. Say once what this one
		is for: ${suggestedCommand('edit', name, '--type', 'api')}, or app.`;
}
