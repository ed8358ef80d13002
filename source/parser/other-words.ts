import {suggestedCommand} from '../core/invocation.ts';
import {didYouMean} from '../core/text/similar.ts';
import {t} from '../language/translate.ts';

/** What other programs call something that this one has under another name. */
const sameAs: Readonly<Record<string, readonly string[]>> = {
	cat: ['show', 'NAME'],
	config: ['settings'],
	preferences: ['settings'],
	decrypt: ['show', 'NAME', '--reveal'],
	env: ['exec', 'NAME', '--', 'COMMAND'],
	health: ['check'],
	info: ['show', 'NAME'],
	keys: ['list'],
	password: ['passwd'],
	rename: ['edit', 'NAME', '--name', 'NEW'],
	mv: ['edit', 'NAME', '--name', 'NEW'],
	reveal: ['show', 'NAME', '--reveal'],
	run: ['exec', 'NAME', '--', 'COMMAND'],
	set: ['edit', 'NAME'],
	stop: ['agent', 'stop'],
	trash: ['list', '--trash'],
	undelete: ['restore-key', 'NAME'],
	update: ['edit', 'NAME'],
	whoami: ['test', 'NAME'],
};

/** Words that may mean several commands or none. */
const advice: Readonly<Record<string, () => string>> = {
	delete: () =>
		t`${suggestedCommand('revoke', 'NAME')} deletes a key on the exchange;
			${suggestedCommand('remove', 'NAME')} only takes it out of this vault.`,
	new: () =>
		t`${suggestedCommand('create', 'NAME')} makes a key;
			${suggestedCommand('add', 'NAME')} stores one that was made on the exchange’s page.`,
	status: () =>
		t`${suggestedCommand('agent', 'status')} says whether commands find the vault open;
			${suggestedCommand('list')} says how the keys are.`,
	login: () =>
		t`There is no login: make a vault with ${suggestedCommand('init')}, then
			${suggestedCommand('add', 'NAME')} or ${suggestedCommand('create', 'NAME')}.`,
	logout: () => t`There is no login; ${suggestedCommand('agent', 'lock')} makes the agent forget the vault’s key.`,
};

const likewise: Readonly<Record<string, string>> = {generate: 'new', del: 'delete', signin: 'login', signout: 'logout'};

/** What to do instead of a word that is no command here but is one elsewhere; undefined for any other word. */
export function adviceFor(word: string): string | undefined {
	const known = Object.hasOwn(likewise, word) ? likewise[word]! : word;
	if (Object.hasOwn(advice, known)) return advice[known]!();
	return Object.hasOwn(sameAs, known) ? didYouMean([suggestedCommand(...sameAs[known]!)]) : undefined;
}
