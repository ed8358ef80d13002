import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import type {EditPatch} from '../../actions/edit-plan.ts';
import {purposeOf} from '../../core/health/binding.ts';
import type {Expiry} from '../../core/key/expiry.ts';
import {keyTypes, type KeyType, type StoredKey} from '../../core/key/key.ts';
import {splitIps} from '../../core/ip/address.ts';
import {limits} from '../../core/limits.ts';
import {splitNotes} from '../../core/validate.ts';
import {Choice, type ChoiceOption} from '../forms/choice.tsx';
import {useForm, useLines} from '../forms/form.ts';
import {elsewhereRows} from '../key-view/elsewhere-rows.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {KeyFields} from '../forms/key/key-fields.tsx';
import {expiryIn, LocalFields, localFields, localTextsOf, tagsIn} from '../forms/key/local-fields.tsx';
import {TextField} from '../forms/text-field.tsx';
import {useContent, useDescriptionRoom, useTextFields} from '../shell/hooks.ts';
import {useShell} from '../shell/shell.ts';
import {typeWords} from '../key-view/key-words.ts';
import {useViewport} from '../drawing/viewport.ts';
import {wrap} from '../drawing/wrap.ts';
import {useEditPlanning} from './edit-planning.ts';
import {PlanReview} from './plan-review.tsx';
import {msg, t, type Translatable} from '../../language/translate.ts';

const fields = ['name', 'description', 'ip', ...localFields] as const;
type EditField = (typeof fields)[number];
const focusable = [...fields, 'type'] as const;
const words: Readonly<Record<EditField, Translatable>> = {
	name: msg`name`,
	description: msg`description`,
	ip: msg`IP addresses`,
	tags: msg`tags`,
	usedBy: msg`used by`,
	expires: msg`expiry date`,
};

function textsOf(key: StoredKey | undefined): Readonly<Record<EditField, string>> {
	return {
		name: key?.name ?? '',
		description: key?.description ?? '',
		ip: key?.ip.join(', ') ?? '',
		...localTextsOf(key),
	};
}

const typeAbouts = {
	api: msg`An empty IP list on the exchange means any address.`,
	app: msg`The exchange does not report the IP list of an app.`,
} as const;

/** “never told” is offered only while it is the current value. */
function typeOptions(purpose: KeyType | 'unknown'): readonly ChoiceOption<KeyType | undefined>[] {
	const told = keyTypes.map(value => ({value, label: typeWords[value](), about: typeAbouts[value]()}));
	return purpose === 'unknown'
		? [{value: undefined, label: t`never told`, about: t`Whether it is bound to addresses is not known.`}, ...told]
		: told;
}

export function Edit({id}: {readonly id: string}): ReactNode {
	const {context} = useShell();
	const {columns} = useViewport();
	const {keys} = useContent();
	const key = keys.find(one => one.id === id);
	const [known, setKnown] = useState(() => textsOf(key));
	const {lines, edit, set} = useLines(known);
	const [type, setType] = useState<KeyType>();
	const [conflicts, setConflicts] = useState<readonly EditField[]>([]);

	const purpose = key ? purposeOf(key) : 'unknown';
	const present = key ? textsOf(key) : known;
	// Changes by another program are shown, except in fields edited here.
	const moved = fields.filter(field => present[field] !== known[field]);
	if (moved.length > 0) {
		setKnown(present);
		for (const field of moved) if (lines[field].text === known[field]) set(field, present[field]);
		setConflicts(
			[...new Set([...conflicts, ...moved])].filter(
				field => ![known[field], present[field]].includes(lines[field].text),
			),
		);
	}

	const expiry: Expiry =
		lines.expires.text === known.expires ? {expiresAt: null} : expiryIn(lines.expires.text, context.clock());
	const patch: EditPatch = {
		...(lines.name.text !== known.name && {name: lines.name.text}),
		...(lines.description.text !== known.description && {description: lines.description.text}),
		...(lines.ip.text !== known.ip && {ip: splitIps(lines.ip.text)}),
		...(lines.tags.text !== known.tags && {tags: tagsIn(lines.tags.text)}),
		...(lines.usedBy.text !== known.usedBy && {usedBy: splitNotes(lines.usedBy.text)}),
		...(expiry.problem === undefined && lines.expires.text !== known.expires && {expiresAt: expiry.expiresAt}),
		...(type !== undefined && type !== purpose && {type}),
	};
	const tooLong = useDescriptionRoom(lines.description.text, present.description);
	const {plan, discardPlan, doing, form} = useEditPlanning(id, {
		patch,
		isChanged: Object.keys(patch).length > 0 || expiry.problem !== undefined,
		problem: expiry.problem,
	});
	const {focus} = useForm({fields: focusable, ...form});
	const field = useTextFields({lines, edit, focus});
	if (plan) return <PlanReview plan={plan} onBack={discardPlan} />;

	return (
		<Box flexDirection="column">
			<KeyFields field={field} isStored descriptionProblem={tooLong} />
			<TextField
				label={t`IP addresses`}
				rows={2}
				hint={t`${splitIps(lines.ip.text).length} of ${limits.ipAddresses}; empty: any address`}
				{...field('ip')}
			/>
			<LocalFields field={field} expiryProblem={expiry.problem} />
			<Choice
				label={t`Type`}
				options={typeOptions(purpose)}
				value={type ?? (purpose === 'unknown' ? undefined : purpose)}
				onValue={setType}
				isFocused={focus === 'type'}
				width={columns}
			/>
			<Rows
				width={columns}
				rows={[
					[],
					...elsewhereRows(
						conflicts.map(field => words[field]()),
						columns,
					),
					...wrap(doing ?? t`Enter shows what would change; nothing is saved before that.`, columns).map(
						(text): Row => [{text, tone: doing === undefined ? 'muted' : 'accent'}],
					),
				]}
			/>
		</Box>
	);
}
