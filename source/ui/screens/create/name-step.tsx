import type {ReactNode} from 'react';
import {Box} from 'ink';
import {shownKeys} from '../../../actions/keys.ts';
import {useForm} from '../../forms/form.ts';
import {KeyFields} from '../../forms/key/key-fields.tsx';
import {expiryIn, LocalFields, localFields} from '../../forms/key/local-fields.tsx';
import {wordsForProblem} from '../../shell/failure-words.ts';
import {useContent, useDescriptionRoom, useTextFields} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {nameStepProblem, type Wizard} from './draft.ts';

const fields = ['name', 'description', ...localFields] as const;

export function NameStep({wizard: {lines, edit, next, back}}: {readonly wizard: Wizard}): ReactNode {
	const {context, notify} = useShell();
	const content = useContent();
	const tooLong = useDescriptionRoom(lines.description.text);
	const {focus, setFocus} = useForm({
		fields,
		lastUsual: 'description',
		onBack: back,
		onSubmit() {
			const problem =
				nameStepProblem(
					lines,
					shownKeys(content).map(({name}) => name),
					context.clock(),
				) ??
				(tooLong && {...tooLong, field: 'description' as const});
			if (!problem) return next();
			const wrong = fields.find(name => name === problem.field);
			if (wrong) setFocus(wrong);
			notify(wordsForProblem(problem));
		},
	});
	const {problem: expiryProblem} = expiryIn(lines.expires.text, context.clock());
	const field = useTextFields({lines, edit, focus});
	return (
		<Box flexDirection="column">
			<KeyFields field={field} descriptionProblem={tooLong} />
			<LocalFields field={field} expiryProblem={expiryProblem} />
		</Box>
	);
}
