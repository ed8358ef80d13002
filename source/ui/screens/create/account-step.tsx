import type {ReactNode} from 'react';
import {Box} from 'ink';
import type {CreateTarget} from '../../../actions/create.ts';
import {environments, keyTypes} from '../../../core/key/key.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {siteNames} from '../../../core/settings/site-names.ts';
import {Choice, type ChoiceOption} from '../../forms/choice.tsx';
import {useForm} from '../../forms/form.ts';
import {Rows} from '../../drawing/rows.tsx';
import {useContent} from '../../shell/hooks.ts';
import {typeWords} from '../../key-view/key-words.ts';
import {useShell} from '../../shell/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import type {DraftTarget, Wizard} from './draft.ts';
import {msg, t} from '../../../language/translate.ts';

type AccountField = 'target' | 'type' | 'site' | 'environment';

const typeAbouts = {
	api: msg`For your own programs and bots.`,
	app: msg`For another company’s app that trades for you.`,
} as const;
const environmentAbouts = {live: msg`Real money.`, demo: msg`Demo trading: play money, its own keys.`} as const;
const sandboxAbouts = {...environmentAbouts, live: msg`What would be real money; in the sandbox nothing is.`} as const;
const siteAbouts = {
	global: () => 'www.okx.com',
	eea: msg`my.okx.com, for accounts of the European Economic Area`,
	us: msg`app.okx.com, for accounts of the United States and Australia`,
	tr: msg`tr.okx.com, for accounts of Türkiye`,
} as const;

/** `targets` is undefined while the exchange is being asked. */
export function AccountStep({
	wizard,
	targets,
}: {
	readonly wizard: Wizard;
	readonly targets: readonly CreateTarget[] | undefined;
}): ReactNode {
	const {draft, change, next, back, previous} = wizard;
	const {context} = useShell();
	const {columns} = useViewport();
	const {keys} = useContent();
	const accounts = targetOptions(draft.target, targets ?? [], context.sandbox, id =>
		sanitize(keys.find(key => key.id === id)?.name ?? '?'),
	);
	const isOnPage = draft.target.kind === 'page';
	const fields: readonly [AccountField, ...AccountField[]] = [
		'target',
		'type',
		...(isOnPage ? ['site' as const] : []),
		...(draft.target.kind === 'sub' ? [] : ['environment' as const]),
	];
	const {focus} = useForm({fields, onSubmit: next, onBack: back, onPrevious: previous});
	const choose = <Value extends string>(
		values: readonly Value[],
		label: (value: Value) => string,
		about: (value: Value) => string,
	): ChoiceOption<Value>[] => values.map(value => ({value, label: label(value), about: about(value)}));

	return (
		<Box flexDirection="column">
			<Choice
				label={t`Account`}
				options={accounts}
				value={draft.target}
				onValue={target => {
					change({target});
				}}
				isFocused={focus === 'target'}
				width={columns}
			/>
			{targets === undefined && (
				<Rows width={columns} rows={[[{text: `  ${t`Asking the exchange for your sub-accounts…`}`, tone: 'muted'}]]} />
			)}
			<Choice
				label={t`Type`}
				options={choose(
					keyTypes,
					type => typeWords[type](),
					type => typeAbouts[type](),
				)}
				value={draft.type}
				onValue={type => {
					change({type});
				}}
				isFocused={focus === 'type'}
				width={columns}
			/>
			{isOnPage && (
				<Choice
					label={t`Site`}
					options={choose(
						siteNames,
						site => site,
						site => siteAbouts[site](),
					)}
					value={draft.site}
					onValue={site => {
						change({site});
					}}
					isFocused={focus === 'site'}
					width={columns}
				/>
			)}
			{draft.target.kind !== 'sub' && (
				<Choice
					label={t`Environment`}
					options={choose(
						environments,
						environment => environment,
						environment => (context.sandbox ? sandboxAbouts : environmentAbouts)[environment](),
					)}
					value={draft.environment}
					onValue={environment => {
						change({environment});
					}}
					isFocused={focus === 'environment'}
					width={columns}
				/>
			)}
		</Box>
	);
}

/** Where a key can be made; the chosen one is the same object as in the draft. */
function targetOptions(
	chosen: DraftTarget,
	targets: readonly CreateTarget[],
	isSandbox: boolean,
	nameOf: (id: string) => string,
): ChoiceOption<DraftTarget>[] {
	const offered: readonly DraftTarget[] = [
		...(isSandbox ? [{kind: 'main' as const}] : []),
		...targets.filter(({kind}) => kind === 'sub'),
		...(isSandbox ? [] : [{kind: 'page' as const}]),
	];
	const isChosen = (target: DraftTarget) =>
		target.kind === chosen.kind &&
		(target.kind !== 'sub' ||
			(chosen.kind === 'sub' && target.subAccount === chosen.subAccount && target.using === chosen.using));
	return offered.map(target => {
		const value = isChosen(target) ? chosen : target;
		if (target.kind === 'main')
			return {value, label: t`Main account`, about: t`The sandbox makes it at once, as the exchange’s page would.`};
		if (target.kind === 'page')
			return {
				value,
				label: t`Main account, or one without a key here`,
				about: t`OKX has no API for it: you make it on OKX’s page, and this wizard guides you through it.`,
			};
		// Sub-accounts of two main accounts may have the same name.
		const isAlone =
			offered.filter(other => other.kind === 'sub' && other.subAccount === target.subAccount).length === 1;
		const name = sanitize(target.subAccount);
		return {
			value,
			label: isAlone ? t`Sub-account ${name}` : t`Sub-account ${name}, by ${nameOf(target.using)}`,
			about: t`Made on the exchange at once with the key ${nameOf(target.using)}. It can never withdraw.`,
		};
	});
}
