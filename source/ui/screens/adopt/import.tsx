import type {ReactNode} from 'react';
import {Box} from 'ink';
import {credentialProblem} from '../../../actions/add.ts';
import {importListed, nameFor} from '../../../actions/inventory/import-listed.ts';
import {pathOf, type InventoryEntry} from '../../../actions/inventory/inventory.ts';
import {parts} from '../../../core/key/credential-form.ts';
import {emptyLine, insert} from '../../../core/text/editing/line-editor.ts';
import {Secret} from '../../../core/secret.ts';
import {mask} from '../../../core/text/mask.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {CredentialFields, type PastedParts} from '../../forms/key/credential-fields.tsx';
import {useForm, useLines} from '../../forms/form.ts';
import {TextField} from '../../forms/text-field.tsx';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {useActions} from '../../keyboard/actions.ts';
import {wordsForProblem} from '../../shell/failure-words.ts';
import {useBusyWords, useGuard, useTask, useTextFields} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {t} from '../../../language/translate.ts';

const fields = ['name', ...parts] as const;

/** Takes the credential of a key that the exchange has listed, tests it, and stores it. */
export function AdoptImport({entry}: {readonly entry: InventoryEntry}): ReactNode {
	const {context, leave, pop, notify} = useShell();
	const {columns} = useViewport();
	const {isBusy, run, stop} = useTask();
	const testing = useBusyWords(t`Testing…`, isBusy);
	const {lines, edit, set} = useLines({name: nameFor(context, entry), apiKey: '', secretKey: '', passphrase: ''});
	useGuard(parts.some(name => lines[name].text !== '') ? 'typed' : undefined);
	const save = () => {
		const credential = {
			apiKey: lines.apiKey.text.trim(),
			secretKey: new Secret(lines.secretKey.text.trim()),
			passphrase: new Secret(lines.passphrase.text.trim()),
		};
		const problem = credentialProblem(credential);
		if (problem) return notify(wordsForProblem(problem));
		run(
			async signal => {
				const {key, result} = await importListed(context, entry, credential, {
					name: lines.name.text,
					test: true,
					signal,
				});
				for (const name of parts) set(name, '');
				pop();
				notify(
					result?.ok === false
						? {text: t`${sanitize(key.name)} is saved. ${result.cause}`, hint: result.fix, tone: 'warn'}
						: {text: t`${sanitize(key.name)} works and is saved in this vault.`, tone: 'good'},
				);
			},
			{finishes: true, stops: true},
		);
	};
	const {focus, setFocus} = useForm({fields, isActive: !isBusy, onBack: leave, onSubmit: save});
	useActions('busy', {cancel: stop}, {isActive: isBusy});
	const onPasted = (pasted: PastedParts): string => {
		for (const part of parts) {
			const value = pasted[part];
			if (value !== undefined) edit(part)(() => insert(emptyLine, value));
		}

		return '';
	};
	const field = useTextFields({lines, edit, focus});
	const path = sanitize(pathOf(entry));
	const about = t`No API tells the secret key of ${path}. Paste all three parts from where they were kept when it was
		made, one by one or in one piece; the API key is ${mask(entry.listed?.apiKey ?? '')}.`;
	return (
		<Box flexDirection="column">
			<Rows width={columns} rows={[...wrap(about, columns).map((text): Row => [text]), []]} />
			<TextField label={t`Name`} hint={t`in this vault`} {...field('name')} />
			<CredentialFields parts={parts} field={field} onFocus={setFocus} onPasted={onPasted} />
			<Rows
				width={columns}
				rows={[
					[],
					...wrap(isBusy ? testing : t`Enter tests the key, and saves it when it works.`, columns).map((text): Row => [
						{text, tone: isBusy ? 'accent' : 'muted'},
					]),
				]}
			/>
		</Box>
	);
}
