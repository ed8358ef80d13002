import type {ReactNode} from 'react';
import {restoreHint, whyNoKeys} from '../../actions/no-keys.ts';
import {padToWidth} from '../../core/text/width.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {symbols, type Tone} from '../drawing/theme.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {useListSelection} from '../key-view/list-selection.ts';
import {useActions} from '../keyboard/actions.ts';
import {bindingsOf, shownKeyOf} from '../keyboard/bindings.ts';
import {usePress} from '../keyboard/key-layers.tsx';
import {shownKey} from '../keyboard/key-names.ts';
import {useAvailableActions} from '../keyboard/layers.ts';
import type {Scope} from '../keyboard/keymap.ts';
import {useContent} from '../shell/hooks.ts';
import {useShell} from '../shell/shell.ts';

type Offer = {
	readonly scope: Scope;
	readonly action: string;
	readonly label: Translatable;
	readonly about: Translatable;
};

const create = {scope: 'keyList', action: 'create', label: msg`Make a key`} as const;
const importing: Offer = {
	scope: 'keyList',
	action: 'import',
	label: msg`Import keys from a file`,
	about: msg`The .env or configuration of a bot, or an export of okx-keys.`,
};

const sandboxOffers: readonly Offer[] = [
	{...create, about: msg`The sandbox makes it at once, as OKX’s page would.`},
	importing,
];
const offers: readonly Offer[] = [
	{
		...create,
		about: msg`OKX’s page makes it, and this program guides you there.`,
	},
	importing,
	{
		scope: 'emptyVault',
		action: 'sandbox',
		label: msg`Try the sandbox first`,
		about: msg`A built-in exchange with its own vault: no account, no network.`,
	},
];

const widest = 76;
/** Columns before the text below an offer. */
const indent = 5;

/** What the list of keys shows while it has none: why, and what people come for. */
export function EmptyVault(): ReactNode {
	const {context, notify} = useShell();
	const {columns, rows: height} = useViewport();
	const content = useContent();
	const press = usePress();
	const {actions} = useAvailableActions();
	const shown = context.sandbox ? sandboxOffers : offers;
	const {selected} = useListSelection(shown, ({action}) => action, shown.length);
	useActions('emptyVault', {
		choose: selected && (() => press(keyOf(selected))),
		sandbox: context.sandbox
			? undefined
			: () => {
					notify({
						text: t`To try the sandbox, leave with ${shownKeyOf('frame', 'quit')} and run: okx-keys --sandbox`,
						hint: t`Nothing that is done there touches this vault or your account.`,
					});
				},
	});

	const width = Math.min(columns, widest);
	const reasonAgainst = ({scope, action}: Offer) =>
		actions.find(available => available.scope === scope && available.action === action)?.disabled;
	const offerRows = (offer: Offer, hasAbout: boolean): Row[] => {
		const isSelected = offer === selected;
		const reason = reasonAgainst(offer);
		return [
			[
				isSelected ? {text: `${symbols.selected} `, tone: 'accent'} : '  ',
				{text: padToWidth(shownKey(keyOf(offer)), indent - 2), tone: reason === undefined ? 'accent' : 'muted'},
				{text: offer.label(), tone: reason !== undefined ? 'muted' : isSelected ? 'selected' : 'plain'},
			],
			...(hasAbout
				? wrap(reason ?? offer.about(), width - indent).map((text): Row => [' '.repeat(indent), {text, tone: 'muted'}])
				: []),
		];
	};
	const paragraph = (text: string, tone: Tone): Row[] =>
		text === '' ? [] : wrap(text, width).map(row => [{text: row, tone}]);
	const head = paragraph(whyNoKeys(content), 'title');
	const trash = paragraph(restoreHint(content), 'muted');
	const spacious = [...head, ...shown.flatMap(offer => [[], ...offerRows(offer, true)]), [], ...trash];
	const tight = [...head, ...shown.flatMap(offer => offerRows(offer, offer === selected)), ...trash];
	return <Rows width={columns} rows={(spacious.length <= height ? spacious : tight).slice(0, height)} />;
}

function keyOf({scope, action}: Offer): string {
	return bindingsOf(scope)[action]!.keys[0];
}
