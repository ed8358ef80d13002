import type {VaultTrouble} from '../../../actions/vault-trouble.ts';
import {suggestedCommand} from '../../../core/invocation.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {keptWords} from './backup-rows.ts';
import {usualTitle} from './question.ts';
import {msg, t, type Translatable} from '../../../language/translate.ts';

const titles: Readonly<Record<VaultTrouble['problem']['code'], Translatable>> = {
	'vault-missing': msg`The vault is not there`,
	'vault-vanished': msg`The vault is not there`,
	'vault-damaged': msg`The vault is damaged`,
	'not-a-vault': msg`This is not a vault`,
	'vault-older': msg`This may be an older copy`,
};

export function troubleWords(
	trouble: VaultTrouble | undefined,
	now: number,
): {readonly title: string; readonly about: string} {
	if (!trouble) return {title: usualTitle(), about: ''};
	const {problem, earlier} = trouble;
	const title = titles[problem.code];
	if (problem.code === 'vault-older')
		return {
			title: title(),
			about: t`It is not the newest save that this machine has seen. Type the passphrase to see what can be done.`,
		};
	const what = 'what' in problem.details ? sentence(sanitize(problem.details.what)) : '';
	const then =
		earlier.length > 0
			? t`Type the passphrase or the recovery key to look at the newest one that it opens.`
			: t`If you have a backup elsewhere, ${suggestedCommand('restore', 'FILE')} brings it back.`;
	return {title: title(), about: `${what} ${keptWords(earlier, now)} ${then}`.trim()};
}

function sentence(clause: string): string {
	return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
