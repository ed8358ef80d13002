import {useEffect, useEffectEvent, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {createTargets, type CreateTarget} from '../../../actions/create.ts';
import {generatePassphrase} from '../../../actions/passphrase.ts';
import {usualSite} from '../../../actions/usual-site.ts';
import {useLines} from '../../forms/form.ts';
import {Rows} from '../../drawing/rows.tsx';
import {useGuard, useTask} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {AccessStep} from './access-step.tsx';
import {AccountStep} from './account-step.tsx';
import {noText, steps, type Draft, type Wizard} from './draft.ts';
import {NameStep} from './name-step.tsx';
import {PageReviewStep} from './page-review-step.tsx';
import {PasteStep} from './paste-step.tsx';
import {PermissionsStep} from './permissions-step.tsx';
import {ReviewStep} from './review-step.tsx';
import {useStoreNew} from './store-new.ts';
import {msg, t} from '../../../language/translate.ts';

/**
 * OKX's form, step by step. A key made through the API is stored before it is shown; a key made on OKX's page is
 * entered, tested and then stored.
 */
export function Create(): ReactNode {
	const {context, leave, notify, clearMessage} = useShell();
	const {columns} = useViewport();
	const [step, setStep] = useState(0);
	const {lines, edit, set} = useLines(noText);
	const [start] = useState<Draft>(() => ({
		target: {kind: context.sandbox ? 'main' : 'page'},
		type: 'api',
		site: usualSite(context),
		environment: 'live',
		permissions: ['read'],
		isGenerated: true,
		generated: generatePassphrase(context.random),
	}));
	const [draft, setDraft] = useState(start);
	const [targets, setTargets] = useState<readonly CreateTarget[]>();
	const {run} = useTask();

	const load = useEffectEvent(() => {
		run(
			async signal => {
				const found = await createTargets(context, {signal});
				setTargets(found.targets);
				const [problem] = found.problems;
				if (problem !== undefined) notify({text: t`Some sub-accounts could not be listed. ${problem}`, tone: 'warn'});
			},
			{
				onError() {
					setTargets([]);
				},
			},
		);
	});
	useEffect(() => {
		load();
	}, []);

	const isTouched = draft !== start || Object.values(lines).some(({text}) => text !== '');
	const isOnPage = draft.target.kind === 'page';
	// While the browser is in use, no key is pressed here, and a generated passphrase exists nowhere else yet.
	useGuard(isTouched ? 'typed' : undefined, isOnPage && step >= steps.indexOf(msg`Review`));
	const go = (to: number) => {
		setStep(to);
		clearMessage();
	};
	const previous =
		step > 0
			? () => {
					go(step - 1);
				}
			: undefined;
	const wizard: Wizard = {
		draft,
		lines,
		edit,
		set,
		previous,
		change(patch) {
			setDraft(before => ({...before, ...patch}));
		},
		next() {
			go(step + 1);
		},
		back: previous ?? leave,
	};
	const store = useStoreNew(wizard);
	const bodies = [
		<NameStep key="name" wizard={wizard} />,
		<AccountStep key="account" wizard={wizard} targets={targets} />,
		<PermissionsStep key="permissions" wizard={wizard} />,
		<AccessStep key="access" wizard={wizard} />,
		isOnPage ? <PageReviewStep key="page" wizard={wizard} /> : <ReviewStep key="review" wizard={wizard} />,
		<PasteStep key="paste" wizard={wizard} store={store} />,
	];

	return (
		<Box flexDirection="column">
			<Rows
				width={columns}
				rows={[
					[
						{text: steps[step]!(), tone: 'title'},
						{text: `  ${t`step ${step + 1} of ${steps.length}`}`, tone: 'muted'},
					],
					[],
				]}
			/>
			{bodies[step]}
		</Box>
	);
}
