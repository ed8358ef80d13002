import {addKey} from '../../../actions/add.ts';
import type {TestResult} from '../../../actions/test-result.ts';
import {joined, warningsOf} from '../../../actions/warnings.ts';
import {splitIps} from '../../../core/ip/address.ts';
import {accountWords} from '../../../core/key/account.ts';
import type {StoredKey} from '../../../core/key/key.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {useSelectKey} from '../../key-selection.ts';
import {shownKeyOf} from '../../keyboard/bindings.ts';
import {useShell, type StatusMessage} from '../../shell/shell.ts';
import {localsOf, permissionsOf, type Wizard} from './draft.ts';
import type {StoreCredential} from './paste-step.tsx';
import {t} from '../../../language/translate.ts';

/** Stores a key that was made on the page as a new one of the vault, and shows it. */
export function useStoreNew({draft, lines}: Pick<Wizard, 'draft' | 'lines'>): StoreCredential {
	const {context, replace, notify} = useShell();
	const selectKey = useSelectKey();
	return async (credential, options) => {
		const {key, result} = await addKey(
			context,
			{
				name: lines.name.text,
				description: lines.description.text,
				type: draft.type,
				isTypeTold: true,
				environment: draft.environment,
				site: draft.site,
				permissions: permissionsOf(draft),
				ip: splitIps(lines.ip.text),
				credential,
				...localsOf(lines, context.clock()),
			},
			options,
		);
		selectKey(key.id);
		replace({screen: 'key', id: key.id});
		notify(savedWords(key, result));
	};
}

function savedWords(key: StoredKey, result: TestResult | null): StatusMessage {
	const {name} = key;
	const {problem, fix} = joined(warningsOf(key, {isTested: result !== null}));
	if (!result)
		return {
			text: t`${sanitize(name)} is saved in this vault, untested.
				${problem || t`Press ${shownKeyOf('key', 'test')} to test it.`}`,
			...(fix !== '' && {hint: fix}),
			tone: 'warn',
		};
	if (result.ok && problem !== '')
		return {text: t`${sanitize(name)} works and is saved in this vault. ${problem}`, hint: fix, tone: 'warn'};
	if (result.ok && key.account.kind === 'sub') {
		return {
			text: t`${sanitize(name)} works and is saved in this vault. It is of a ${accountWords(key.account)}.`,
			hint: t`OKX’s page makes a key for the account that is selected there: is it the one you meant?`,
			tone: 'warn',
		};
	}

	return result.ok
		? {text: t`${name} works and is saved in this vault.`, tone: 'good'}
		: {text: t`${name} is saved. ${result.cause}`, hint: result.fix, tone: 'warn'};
}
