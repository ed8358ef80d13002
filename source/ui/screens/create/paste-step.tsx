import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {credentialProblem} from '../../../actions/add.ts';
import type {Credential} from '../../../core/key/key.ts';
import type {TestProgress} from '../../../actions/tester.ts';
import {emptyLine, insert} from '../../../core/text/editing/line-editor.ts';
import {Secret} from '../../../core/secret.ts';
import type {ProbeStep} from '../../../exchange/probe/probe-step.ts';
import {t} from '../../../language/translate.ts';
import {CredentialFields, type PastedParts} from '../../forms/key/credential-fields.tsx';
import {useForm} from '../../forms/form.ts';
import {stepRows} from '../../key-view/step-rows.ts';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {wordsForProblem} from '../../shell/failure-words.ts';
import {useTextFields, useTask} from '../../shell/hooks.ts';
import {useActions} from '../../keyboard/actions.ts';
import {useShell} from '../../shell/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {passphraseOf, type LineName, type Wizard} from './draft.ts';

/** Stores what was pasted, after a test unless it is not wanted, and goes on to what follows. */
export type StoreCredential = (
	credential: Credential,
	options: TestProgress & {readonly test: boolean},
) => Promise<void>;

const fields = ['apiKey', 'secretKey'] as const;

export function PasteStep({wizard, store}: {readonly wizard: Wizard; readonly store: StoreCredential}): ReactNode {
	const {draft, lines, edit, back, previous} = wizard;
	const {notify, notifyError} = useShell();
	const {columns} = useViewport();
	const {isBusy, run, stop} = useTask();
	const [layers, setLayers] = useState<readonly ProbeStep[]>([]);
	const [hasFailed, setFailed] = useState(false);
	const save = (test: boolean) => {
		const credential = {
			apiKey: lines.apiKey.text.trim(),
			secretKey: new Secret(lines.secretKey.text.trim()),
			passphrase: passphraseOf(draft, lines),
		};
		const problem = credentialProblem(credential);
		if (problem) return notify(wordsForProblem(problem));
		setLayers([]);
		run(
			async signal => {
				await store(credential, {
					test,
					signal,
					onLayer(layer) {
						setLayers(before => [...before, layer]);
					},
				});
			},
			{
				finishes: true,
				stops: true,
				onError(error) {
					setFailed(true);
					if (error instanceof DOMException && error.name === 'AbortError')
						notify({text: t`Cancelled; nothing was stored.`});
					else notifyError(error);
				},
			},
		);
	};
	const {focus, setFocus} = useForm({
		fields,
		isActive: !isBusy,
		onBack: back,
		onPrevious: previous,
		onSubmit() {
			save(true);
		},
	});
	useActions('busy', {cancel: stop}, {isActive: isBusy});
	// Otherwise, an outage or an allow-list for another machine would leave a new key unstored.
	useActions(
		'pasteCredential',
		{
			untested: hasFailed
				? () => {
						save(false);
					}
				: undefined,
		},
		{isActive: !isBusy},
	);
	const fill = (name: LineName, value: string) => {
		edit(name)(() => insert(emptyLine, value));
	};
	const onPasted = ({apiKey, secretKey, passphrase}: PastedParts): string => {
		if (apiKey !== undefined) fill('apiKey', apiKey);
		if (secretKey !== undefined) fill('secretKey', secretKey);
		if (passphrase === undefined || passphraseOf(draft, lines).reveal() === passphrase) return '';
		fill('passphrase', passphrase);
		fill('again', passphrase);
		wizard.change({isGenerated: false});
		return t`The pasted passphrase replaces the one in step 4.`;
	};
	const field = useTextFields({lines, edit, focus});
	return (
		<Box flexDirection="column" gap={1}>
			<Rows
				width={columns}
				rows={wrap(
					t`Paste both from OKX’s page, one by one or in one piece. They are tested, and saved in this vault when they
						work.`,
					columns,
				).map((text): Row => [text])}
			/>
			<Box flexDirection="column">
				<CredentialFields parts={fields} field={field} onFocus={setFocus} onPasted={onPasted} />
			</Box>
			{(isBusy || layers.length > 0) && (
				<Rows rows={stepRows(layers, {isRunning: isBusy, width: columns})} width={columns} />
			)}
		</Box>
	);
}
