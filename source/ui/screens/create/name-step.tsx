import type {ReactNode} from 'react';
import {Box} from 'ink';
import {shownKeys} from '../../../actions/keys.ts';
import {useForm} from '../../forms/form.ts';
import {KeyFields} from '../../forms/key-fields.tsx';
import {wordsForProblem} from '../../shell/failure-words.ts';
import {useContent, useDescriptionRoom, useTextFields} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {nameStepProblem, type Wizard} from './draft.ts';

export function NameStep({wizard: {lines, edit, next, back}}: {readonly wizard: Wizard}): ReactNode {
	const {notify} = useShell();
	const content = useContent();
	const tooLong = useDescriptionRoom(lines.description.text);
	const {focus, setFocus} = useForm({
		fields: ['name', 'description'],
		onBack: back,
		onSubmit() {
			const problem =
				nameStepProblem(
					lines,
					shownKeys(content).map(({name}) => name),
				) ??
				(tooLong && {...tooLong, field: 'description' as const});
			if (!problem) return next();
			if (problem.field === 'name' || problem.field === 'description') setFocus(problem.field);
			notify(wordsForProblem(problem));
		},
	});
	const field = useTextFields({lines, edit, focus});
	return (
		<Box flexDirection="column" gap={1}>
			<KeyFields field={field} descriptionProblem={tooLong} />
		</Box>
	);
}
