import type {ReactNode} from 'react';
import {Box} from 'ink';
import {splitIps} from '../../../core/ip/address.ts';
import {limits} from '../../../core/limits.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {unreachableProblem} from '../../../core/ip/unreachable.ts';
import {Choice} from '../../forms/choice.tsx';
import {useForm} from '../../forms/form.ts';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {TextField} from '../../forms/text-field.tsx';
import {wordsForProblem} from '../../shell/failure-words.ts';
import {useTextFields} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {accessStepProblem, permissionsOf, type Wizard} from './draft.ts';
import {sentences, t} from '../../../language/translate.ts';

type AccessField = 'ip' | 'how' | 'passphrase' | 'again';

export function AccessStep({wizard}: {readonly wizard: Wizard}): ReactNode {
	const {draft, change, lines, edit, next, back, previous} = wizard;
	const {context, notify} = useShell();
	const {columns} = useViewport();
	const fields: readonly [AccessField, ...AccessField[]] = [
		'ip',
		'how',
		...(draft.isGenerated ? [] : (['passphrase', 'again'] as const)),
	];
	const {focus, setFocus} = useForm({
		fields,
		onBack: back,
		onPrevious: previous,
		onSubmit() {
			const problem = accessStepProblem(draft, lines);
			if (!problem) return next();
			setFocus(problem.field as AccessField);
			notify(wordsForProblem(problem));
		},
	});
	const count = splitIps(lines.ip.text).length;
	const unreachable = unreachableProblem({ip: splitIps(lines.ip.text), site: context.sandbox ? 'sandbox' : draft.site});
	// OKX's page adds the addresses of an app to the key's allow-list.
	const isForApp = draft.type === 'app' && draft.target.kind === 'page';
	const warning = unreachable
		? wrap(sanitize(unreachable.problem), columns - 2)
		: count > 0 || isForApp || permissionsOf(draft).length === 1
			? []
			: wrap(
					t`Without an address the key works from anywhere, and the exchange deletes it after 14 days without use.`,
					columns - 2,
				);
	const field = useTextFields({lines, edit, focus});
	return (
		<Box flexDirection="column" gap={1}>
			<Box flexDirection="column">
				<TextField
					label={t`IP addresses`}
					rows={2}
					hint={sentences(
						t`${count} of ${limits.ipAddresses}, with commas or spaces between them.`,
						context.sandbox ? t`The sandbox sees you as 127.0.0.1.` : '',
					)}
					{...field('ip')}
				/>
				<Rows width={columns} rows={warning.map((text): Row => ['  ', {text, tone: 'warn'}])} />
			</Box>
			<Choice
				label={t`Passphrase`}
				isFocused={focus === 'how'}
				width={columns}
				value={draft.isGenerated}
				onValue={isGenerated => {
					change({isGenerated});
				}}
				options={[
					{value: true, label: t`Generate one`, about: t`Strong, to the exchange’s rules, and kept in this vault.`},
					{
						value: false,
						label: t`Type my own`,
						about: t`8 to 32 characters: a digit, an upper-case and a lower-case letter, a special character.`,
					},
				]}
			/>
			{!draft.isGenerated && (
				<Box flexDirection="column">
					<TextField label={t`Type it`} isMasked {...field('passphrase')} />
					<TextField label={t`The same again`} isMasked {...field('again')} />
				</Box>
			)}
		</Box>
	);
}
