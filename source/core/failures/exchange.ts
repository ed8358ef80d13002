import type {Exit} from '../exit-status.ts';
import {suggestedCommand} from '../invocation.ts';
import type {WireFailure} from './wire-failure.ts';
import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

export const exchangeFailures = {
	exchange: ({cause, fix, exit}: {cause: string; fix: string; exit: Exit; failure?: WireFailure}) => ({
		exit,
		sentence: cause,
		hint: fix,
	}),
	'site-unknown': ({site, known, guess}: {site: string; known: string; guess?: string | undefined}) => ({
		exit: 'usage',
		sentence: t`${site} is not a site of the exchange.`,
		hint: t`${guess === undefined ? '' : `${guess} `}Use ${known}, http:// or https:// on a loopback address, or
			https:// on a host that the setting allowed-hosts names. A credential is sent nowhere else.`,
	}),
	'host-not-allowed': ({host, allowed}: {host: string; allowed: readonly string[]}) => ({
		exit: 'usage',
		sentence: t`${host} is no host of the exchange, and your settings do not allow it to see credentials.`,
		hint: t`If you trust it with them: ${suggestedCommand('settings', 'allowed-hosts', ...allowed, host)}`,
	}),
	'gone-on-exchange': ({name}: {name: string}) => ({
		exit: 'keyMissing',
		sentence: t`The exchange no longer has ${name}: it was deleted there, or has expired.`,
		hint: t`Run ${suggestedCommand('revoke', name)} to note that, and make a new key.`,
	}),
	'exchange-conflict': ({name}: {name: string}) => ({
		exit: 'drift',
		sentence: t`${name} was changed on the exchange meanwhile; nothing was changed here or there.`,
		hint: t`Look at the difference again and repeat your change.`,
	}),
	'page-only': ({name, link}: {name: string; link: string}) => ({
		exit: 'usage',
		sentence: t`OKX has no API for this: ${name} can only be changed on its own page.`,
		hint: t`Open ${link}, and afterwards test the key here.`,
	}),
	'no-managing-key': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`No main-account key in this vault can manage the sub-account of ${name}.`,
		hint: t`Add a main-account key with Trade permission and an IP allow-list, thaw the one that is frozen, or use the
			page of the exchange.`,
	}),
	'name-taken-on-exchange': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`The account already has a key called ${name} on the exchange.`,
		hint: t`Choose another name.`,
	}),
	'creation-unfinished': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`${name} was never finished: its creation was interrupted before the exchange answered.`,
		hint: t`Run ${suggestedCommand('revoke', name)} to delete what may exist on the exchange, then create it again.`,
	}),
	'creation-undone': ({name, reason}: {name: string; reason: string}) => ({
		exit: 'exchangeDown',
		sentence: t`The exchange made ${name}, but its answer was lost (${reason}), so the key was deleted there again.`,
		hint: t`Nothing is left of it; create it again.`,
	}),
	'created-not-stored': ({name, reason, undone}: {name: string; reason: string; undone: boolean}) => ({
		exit: 'unexpected',
		sentence: undone
			? t`The exchange made ${name}, but the vault could not store it (${reason}), so the key was deleted on the
				exchange again.`
			: t`The exchange made ${name}, but the vault could not store it (${reason}), and deleting it there failed too.`,
		hint: undone
			? t`Fix the problem, then create it again.`
			: t`Its secret is lost: revoke ${name} as soon as the vault can be written.`,
	}),
	'creation-unknown': ({name, reason}: {name: string; reason: string}) => ({
		exit: 'exchangeDown',
		sentence: t`The exchange did not say whether it made ${name} (${reason}).`,
		hint: t`If it did, its secret is lost. Run ${suggestedCommand('revoke', name)}: it looks, and deletes what is
			there.`,
	}),
	'edit-unknown': ({name}: {name: string}) => ({
		exit: 'exchangeDown',
		sentence: t`The exchange did not say whether it changed ${name}; the vault was left as it was.`,
		hint: t`Run ${suggestedCommand('test', name)}: it shows what the key is now.`,
	}),
	'applied-not-stored': ({name, what, reason}: {name: string; what: string; reason: string}) => ({
		exit: 'unexpected',
		sentence: t`${name} was ${what} on the exchange, but the vault could not note it (${reason}).`,
		hint: t`Fix the problem; ${suggestedCommand('test', name)} then shows what the key is now.`,
	}),
} satisfies Failures;
