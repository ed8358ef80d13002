import {suggestedCommand} from '../invocation.ts';
import {didYouMean} from '../text/similar.ts';
import type {Failures} from './failure.ts';
import {listed, t} from '../../language/translate.ts';

const list = () => t`${suggestedCommand('adopt')} lists what the exchange has.`;

export const inventoryFailures = {
	'no-manager': () => ({
		exit: 'usage',
		sentence: t`No main-account key in this vault can list the keys of sub-accounts.`,
		hint: t`Add a main-account key with Trade permission and an IP allow-list, or thaw the one that is frozen.`,
	}),
	'no-such-sub-account': ({name, near = []}: {name: string; near?: readonly string[]}) => ({
		exit: 'noSuchKey',
		sentence: t`The exchange has no sub-account called ${name} in the accounts of this vault.`,
		hint: near.length === 0 ? t`Names are case sensitive.` : didYouMean(near)!,
	}),
	'no-such-listed-key': ({name, near = []}: {name: string; near?: readonly string[]}) => ({
		exit: 'noSuchKey',
		sentence: t`The exchange has no key called ${name} that is unknown, in the trash or revoked here.`,
		hint: near.length === 0 ? list() : `${didYouMean(near)!} ${list()}`,
	}),
	'ambiguous-listed-key': ({name, meant}: {name: string; meant: readonly string[]}) => ({
		exit: 'usage',
		sentence: t`${name} may be ${listed(meant, 'disjunction')}.`,
		hint: t`Name its sub-account too, or give its whole API key.`,
	}),
	'listed-key-in-use': ({label, name}: {label: string; name: string}) => ({
		exit: 'usage',
		sentence: t`${label} is in use in this vault, as ${name}, so it was left as it is.`,
		hint: t`${suggestedCommand('revoke', name)} deletes it on the exchange.`,
	}),
	'other-api-key': ({label}: {label: string}) => ({
		exit: 'usage',
		sentence: t`The given API key is not that of ${label} on the exchange; nothing was stored.`,
		hint: t`Copy all three parts from where this key was stored when it was made.`,
	}),
	'deletion-unknown': ({label}: {label: string}) => ({
		exit: 'exchangeDown',
		sentence: t`The exchange did not say whether it deleted ${label}.`,
		hint: t`${suggestedCommand('adopt')} shows whether it is still there.`,
	}),
	'deleted-not-noted': ({label, reason}: {label: string; reason: string}) => ({
		exit: 'unexpected',
		sentence: t`${label} is deleted on the exchange, but the vault could not note it (${reason}).`,
		hint: t`Fix the problem; ${suggestedCommand('adopt')} shows what is left to do.`,
	}),
	'nothing-to-accept': ({name}: {name: string}) => ({
		exit: 'usage',
		sentence: t`${name} is on the exchange as it is here, so there is nothing to change.`,
		hint: list(),
	}),
} satisfies Failures;
