import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {
	canBeReadOnly,
	changeStatuses,
	isLive,
	planStatuses,
	type StatusChange,
	type StatusResult,
} from '../../../actions/statuses.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {Rows} from '../../drawing/rows.tsx';
import {useViewport} from '../../drawing/viewport.ts';
import {Choice} from '../../forms/choice.tsx';
import {useForm} from '../../forms/form.ts';
import {shownKeyOf} from '../../keyboard/bindings.ts';
import {useFieldProps, useKeysById} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {changeRows, textRows} from './change-rows.ts';
import {Confirmation} from './confirmation.tsx';
import {namesRow} from './key-words.ts';
import {t} from '../../../language/translate.ts';

type Ids = {readonly ids: readonly string[]};

/** Freezes several keys, after the question how far, where there is a choice. */
export function Freezing({ids}: Ids): ReactNode {
	const {context, leave} = useShell();
	const field = useFieldProps();
	const [present] = useState(ids);
	const keys = useKeysById(present);
	const [manageable] = useState(() => keys.filter(key => canBeReadOnly(context, key)).length);
	const [readOnly, setReadOnly] = useState(false);
	const [isChosen, setChosen] = useState(manageable === 0);
	useForm({
		fields: ['readOnly'],
		isActive: !isChosen,
		onBack: leave,
		onSubmit() {
			setChosen(true);
		},
	});
	if (isChosen)
		return (
			<StatusReview
				ids={present}
				change={{act: 'freeze', readOnly}}
				onBack={
					manageable === 0
						? leave
						: () => {
								setChosen(false);
							}
				}
			/>
		);
	return (
		<Box flexDirection="column" gap={1}>
			<Rows width={field.width} rows={[namesRow(keys, field.width)]} />
			<Choice
				label={t`Freeze`}
				options={[
					{
						value: false,
						label: t`in this vault only`,
						about: t`No program is given them. Those that have them keep them, and the exchange goes on accepting
							them.`,
					},
					{
						value: true,
						label: t`on the exchange too`,
						about: t`There they may only read from then on, which ${manageable} of ${keys.length} keys allow. Thawing
							sets back what they had.`,
					},
				]}
				value={readOnly}
				onValue={setReadOnly}
				{...field}
				isFocused
			/>
			<Rows width={field.width} rows={[[{text: t`Enter shows what would change.`, tone: 'muted'}]]} />
		</Box>
	);
}

export function Thawing({ids}: Ids): ReactNode {
	const {leave} = useShell();
	return <StatusReview ids={ids} change={{act: 'thaw', keepReadOnly: false}} onBack={leave} />;
}

export function Revocation({ids}: Ids): ReactNode {
	const {leave} = useShell();
	return <StatusReview ids={ids} change={{act: 'revoke'}} onBack={leave} />;
}

/** The difference of each key, and one confirmation for all. */
function StatusReview({
	ids,
	change,
	onBack,
}: Ids & {readonly change: StatusChange; readonly onBack: () => void}): ReactNode {
	const {context} = useShell();
	const {columns} = useViewport();
	const width = Math.min(columns, 100);
	const [planned] = useState(() => planStatuses(context, ids, change));
	const wanted = planned.filter(({changes}) => changes.length > 0);
	const live = wanted.filter(one => isLive(one)).length;
	const {title, warning, words} = wordsOf[change.act];
	return (
		<Confirmation
			title={title(wanted.length, planned.length)}
			sections={planned.map(
				({key: {name}, changes, error}) =>
					() =>
						changeRows({name, changes, error}, width),
			)}
			warnings={textRows(warning(live), width, 'warn')}
			count={wanted.length}
			isTyped={change.act === 'revoke' || (live > 0 && wanted.length > 1)}
			refused={planned.flatMap(({key: {id, name}, error}) => (error ? [{id, name, error}] : []))}
			unchanged={planned.flatMap(({key: {id}, changes, error}) => (changes.length === 0 && !error ? [id] : []))}
			words={words}
			hint={live === 0 && wanted.length > 0 ? t`${shownKeyOf('key', 'undo')} undoes it.` : undefined}
			act={async steps => changeStatuses(context, planned, change, steps)}
			onBack={onBack}
		/>
	);
}

type Words = {
	readonly title: (count: number, all: number) => string;
	/** `live` counts the keys that the exchange is told of. */
	readonly warning: (live: number) => string;
	readonly words: {readonly done: (count: number) => string; readonly one: (result: StatusResult) => string};
};

const wordsOf: Readonly<Record<StatusChange['act'], Words>> = {
	freeze: {
		title: (count, all) => t`Freeze ${count} of ${all} keys?`,
		warning: live =>
			live > 0
				? t`Orders of programs that trade with them fail at once. What is open on the exchange stays open.`
				: t`The exchange is not told, and programs that have them keep them.`,
		words: {
			done: count => t`${count} keys are frozen.`,
			one: ({name}) => t`${sanitize(name)} is frozen.`,
		},
	},
	thaw: {
		title: (count, all) => t`Let ${count} of ${all} keys be used again?`,
		warning: live =>
			live > 0
				? t`Programs are given them again, and what was taken from them on the exchange is set back.`
				: t`Programs are given them again.`,
		words: {
			done: count => t`${count} keys can be used again.`,
			one: ({name}) => t`${sanitize(name)} can be used again.`,
		},
	},
	revoke: {
		title: (count, all) => t`Revoke ${count} of ${all} keys on the exchange?`,
		warning: () =>
			t`The exchange deletes them at once, and whatever uses them stops working. They cannot be brought back.`,
		words: {
			done: count => t`${count} keys are no longer on the exchange.`,
			one: ({name, outcome}) => revokedWords(sanitize(name), outcome),
		},
	},
};

function revokedWords(name: string, outcome: StatusResult['outcome']): string {
	if (outcome === 'already-gone') return t`The exchange no longer had ${name}; it is marked as revoked here.`;
	return outcome === 'cleared' ? t`What was left of ${name} is cleared away.` : t`${name} is revoked on the exchange.`;
}
