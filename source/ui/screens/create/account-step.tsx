import type {ReactNode} from 'react';
import {Box} from 'ink';
import type {CreateTarget} from '../../../actions/create.ts';
import {environments, keyTypes} from '../../../core/key/key.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {siteNames} from '../../../exchange/sites.ts';
import {Choice, type ChoiceOption} from '../../forms/choice.tsx';
import {useForm} from '../../forms/form.ts';
import {Rows} from '../../drawing/rows.tsx';
import {useContent} from '../../shell/hooks.ts';
import {typeWords} from '../../key-view/key-words.ts';
import {useShell} from '../../shell/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import type {Place, Wizard} from './draft.ts';

type AccountField = 'place' | 'type' | 'site' | 'environment';

const typeAbouts = {
	api: 'For your own programs and bots.',
	app: 'For another company’s app that trades for you.',
} as const;
const environmentAbouts = {live: 'Real money.', demo: 'Demo trading: play money, its own keys.'} as const;
const sandboxAbouts = {...environmentAbouts, live: 'What would be real money; in the sandbox nothing is.'} as const;
const siteAbouts = {
	global: 'www.okx.com',
	eea: 'my.okx.com, for accounts of the European Economic Area',
	us: 'app.okx.com, for accounts of the United States and Australia',
	tr: 'tr.okx.com, for accounts of Türkiye',
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
	const places = placeOptions(draft.place, targets ?? [], context.sandbox, id =>
		sanitize(keys.find(key => key.id === id)?.name ?? '?'),
	);
	const isOnPage = draft.place.kind === 'page';
	const fields: readonly [AccountField, ...AccountField[]] = [
		'place',
		'type',
		...(isOnPage ? ['site' as const] : []),
		...(draft.place.kind === 'sub' ? [] : ['environment' as const]),
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
				label="Account"
				options={places}
				value={draft.place}
				onValue={place => {
					change({place});
				}}
				isFocused={focus === 'place'}
				width={columns}
			/>
			{targets === undefined && (
				<Rows width={columns} rows={[[{text: '  Asking the exchange for your sub-accounts…', tone: 'muted'}]]} />
			)}
			<Choice
				label="Type"
				options={choose(
					keyTypes,
					type => typeWords[type],
					type => typeAbouts[type],
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
					label="Site"
					options={choose(
						siteNames,
						site => site,
						site => siteAbouts[site],
					)}
					value={draft.site}
					onValue={site => {
						change({site});
					}}
					isFocused={focus === 'site'}
					width={columns}
				/>
			)}
			{draft.place.kind !== 'sub' && (
				<Choice
					label="Environment"
					options={choose(
						environments,
						environment => environment,
						environment => (context.sandbox ? sandboxAbouts : environmentAbouts)[environment],
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

/** The places where a key can be made; the chosen one is the same object as in the draft. */
function placeOptions(
	chosen: Place,
	targets: readonly CreateTarget[],
	isSandbox: boolean,
	nameOf: (id: string) => string,
): ChoiceOption<Place>[] {
	const places: readonly Place[] = [
		...(isSandbox ? [{kind: 'main' as const}] : []),
		...targets.filter(({kind}) => kind === 'sub'),
		...(isSandbox ? [] : [{kind: 'page' as const}]),
	];
	const isChosen = (place: Place) =>
		place.kind === chosen.kind &&
		(place.kind !== 'sub' ||
			(chosen.kind === 'sub' && place.subAccount === chosen.subAccount && place.using === chosen.using));
	return places.map(place => {
		const value = isChosen(place) ? chosen : place;
		if (place.kind === 'main')
			return {value, label: 'Main account', about: 'The sandbox makes it at once, as the exchange’s page would.'};
		if (place.kind === 'page')
			return {
				value,
				label: 'Main account, or one without a key here',
				about: 'OKX has no API for it: you make it on OKX’s page, and this wizard leads you through it.',
			};
		return {
			value,
			label: `Sub-account ${sanitize(place.subAccount)}`,
			about: `Made on the exchange at once with the key ${nameOf(place.using)}. It can never withdraw.`,
		};
	});
}
