import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {addKey, credentialProblem} from '../../../actions/add.ts';
import {splitIps} from '../../../core/rules.ts';
import {Secret} from '../../../core/secret.ts';
import type {Layer} from '../../../exchange/probe.ts';
import {useForm} from '../../components/form.ts';
import {layerRows} from '../../components/layer-rows.ts';
import {Rows, type Row} from '../../components/rows.tsx';
import {TextField} from '../../components/text-field.tsx';
import {wordsForProblem} from '../../failure-words.ts';
import {useTask} from '../../hooks.ts';
import {useRoom, useShell} from '../../shell.ts';
import {wrap} from '../../wrap.ts';
import {passphraseOf, permissionsOf, type Wizard} from './draft.ts';

/** Takes the key that was made on the page; it is tested first, and stored when it works. */
export function PasteStep({wizard}: {readonly wizard: Wizard}): ReactNode {
	const {draft, lines, edit, back, previous} = wizard;
	const {context, reset, say} = useShell();
	const {columns} = useRoom();
	const {isBusy, run} = useTask();
	const [layers, setLayers] = useState<readonly Layer[]>([]);
	const {focus} = useForm({
		fields: ['apiKey', 'secretKey'],
		isActive: !isBusy,
		onBack: back,
		onPrevious: previous,
		onSubmit() {
			const credential = {apiKey: lines.apiKey.text.trim(), secretKey: new Secret(lines.secretKey.text.trim()), passphrase: passphraseOf(draft, lines)};
			const problem = credentialProblem(credential);
			if (problem) return say(wordsForProblem(problem));
			setLayers([]);
			run(async signal => {
				const {key, result} = await addKey(context, {
					name: lines.name.text, description: lines.description.text, type: draft.type, environment: draft.environment, site: draft.site,
					permissions: permissionsOf(draft), ip: splitIps(lines.ip.text), credential, tags: [],
				}, {test: true, signal, onLayer(layer) { setLayers(before => [...before, layer]); }});
				reset({screen: 'keys'}, {screen: 'key', id: key.id});
				say(result?.ok === false ? {text: `${key.name} is saved. ${result.cause}`, hint: result.fix, tone: 'warn'} : {text: `${key.name} works and is saved in this vault.`, tone: 'good'});
			}, {finishes: true});
		},
	});
	const field = {width: columns, trims: true, onRefused: (text: string) => { say({text, tone: 'warn'}); }};
	return (
		<Box flexDirection="column" gap={1}>
			<Rows width={columns} rows={wrap('Paste both from OKX’s page. They are tested, and saved in this vault when they work.', columns).map((text): Row => [text])} />
			<Box flexDirection="column">
				<TextField label="API key" line={lines.apiKey} onLine={edit('apiKey')} isFocused={focus === 'apiKey'} {...field} />
				<TextField label="Secret key" line={lines.secretKey} onLine={edit('secretKey')} isFocused={focus === 'secretKey'} isMasked {...field} />
			</Box>
			{(isBusy || layers.length > 0) && <Rows rows={layerRows(layers, isBusy, columns)} width={columns} />}
		</Box>
	);
}
