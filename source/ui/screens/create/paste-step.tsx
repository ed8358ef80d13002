import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {addKey, credentialProblem} from '../../../actions/add.ts';
import {accountWords} from '../../../core/account.ts';
import type {TestResult} from '../../../actions/test-result.ts';
import {joined, warningsOf} from '../../../actions/warnings.ts';
import type {StoredKey} from '../../../core/key.ts';
import {splitIps} from '../../../core/ip/address.ts';
import {Secret} from '../../../core/secret.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import type {ProbeStep} from '../../../exchange/probe/probe-step.ts';
import {useForm} from '../../forms/form.ts';
import {stepRows} from '../../key-view/step-rows.ts';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {TextField} from '../../forms/text-field.tsx';
import {wordsForProblem} from '../../frame/failure-words.ts';
import {useTask} from '../../frame/hooks.ts';
import {useActions} from '../../keyboard/key-layers.tsx';
import {useShell, type Message} from '../../frame/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {passphraseOf, permissionsOf, type Wizard} from './draft.ts';

/** Takes the key that was made on the page; it is tested first, and stored when it works. */
export function PasteStep({wizard}: {readonly wizard: Wizard}): ReactNode {
	const {draft, lines, edit, back, previous} = wizard;
	const {context, reset, notify, notifyError} = useShell();
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
						tags: [],
					},
					{
						test,
						signal,
						onLayer(layer) {
							setLayers(before => [...before, layer]);
						},
					},
				);
				reset({screen: 'keys'}, {screen: 'key', id: key.id});
				notify(savedWords(key, result));
			},
			{
				finishes: true,
				stops: true,
				onError(error) {
					setFailed(true);
					if (error instanceof DOMException && error.name === 'AbortError')
						notify({text: 'Cancelled; nothing was stored.'});
					else notifyError(error);
				},
			},
		);
	};
	const {focus, setFocus} = useForm({
		fields: ['apiKey', 'secretKey'],
		isActive: !isBusy,
		onBack: back,
		onPrevious: previous,
		onSubmit() {
			save(true);
		},
	});
	useActions('busy', {cancel: stop}, {isActive: isBusy});
	// Without it, an outage or a key for another machine's address would leave the person with a key that nobody
	// stores.
	useActions(
		'paste',
		{
			untested: hasFailed
				? () => {
						save(false);
					}
				: undefined,
		},
		{isActive: !isBusy},
	);
	const pasteBoth = ([apiKey = '', secretKey = '', ...more]: readonly string[]) => {
		// A secret must not get into the field that shows what it holds.
		if (more.length > 0 || !/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(apiKey) || secretKey === '')
			return false;
		wizard.set('apiKey', apiKey);
		wizard.set('secretKey', secretKey);
		setFocus('secretKey');
		return true;
	};
	const field = {
		width: columns,
		trims: true,
		onRefused: (text: string) => {
			notify({text, tone: 'warn'});
		},
	};
	return (
		<Box flexDirection="column" gap={1}>
			<Rows
				width={columns}
				rows={wrap('Paste both from OKX’s page. They are tested, and saved in this vault when they work.', columns).map(
					(text): Row => [text],
				)}
			/>
			<Box flexDirection="column">
				<TextField
					label="API key"
					line={lines.apiKey}
					onLine={edit('apiKey')}
					isFocused={focus === 'apiKey'}
					onLines={pasteBoth}
					{...field}
				/>
				<TextField
					label="Secret key"
					line={lines.secretKey}
					onLine={edit('secretKey')}
					isFocused={focus === 'secretKey'}
					isMasked
					{...field}
				/>
			</Box>
			{(isBusy || layers.length > 0) && (
				<Rows rows={stepRows(layers, {isRunning: isBusy, width: columns})} width={columns} />
			)}
		</Box>
	);
}

function savedWords(key: StoredKey, result: TestResult | null): Message {
	const {name} = key;
	const {problem, fix} = joined(warningsOf(key, {isTested: result !== null}));
	if (!result)
		return {
			text: `${sanitize(name)} is saved in this vault, untested. ${problem || 'Press t to test it.'}`,
			...(fix !== '' && {hint: fix}),
			tone: 'warn',
		};
	if (result.ok && problem !== '')
		return {text: `${sanitize(name)} works and is saved in this vault. ${problem}`, hint: fix, tone: 'warn'};
	if (result.ok && key.account.kind === 'sub') {
		return {
			text: `${sanitize(name)} works and is saved in this vault. It is of a ${accountWords(key.account)}.`,
			hint: 'OKX’s page makes a key for the account that is selected there: is it the one you meant?',
			tone: 'warn',
		};
	}

	return result.ok
		? {text: `${name} works and is saved in this vault.`, tone: 'good'}
		: {text: `${name} is saved. ${result.cause}`, hint: result.fix, tone: 'warn'};
}
