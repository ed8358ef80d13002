import {useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {planEdit, type EditPatch, type EditPlan} from '../../actions/edit.ts';
import {limits, splitIps} from '../../core/rules.ts';
import {useForm, useLines} from '../components/form.ts';
import {Rows} from '../components/rows.tsx';
import {countOf, TextField} from '../components/text-field.tsx';
import {useContent, useGuard, useTask} from '../hooks.ts';
import {useActions} from '../keys.tsx';
import {useRoom, useShell} from '../shell.ts';
import {PlanReview} from './plan-review.tsx';

/** Changes the words and addresses of a key; permissions have their own screen. */
export function Edit({id}: {readonly id: string}): ReactNode {
	const {context, say, push, pop} = useShell();
	const {columns} = useRoom();
	const {keys} = useContent();
	const [start] = useState(() => keys.find(key => key.id === id));
	const {lines, edit} = useLines({name: start?.name ?? '', description: start?.description ?? '', ip: start?.ip.join(', ') ?? '', tags: start?.tags.join(' ') ?? ''});
	const [plan, setPlan] = useState<EditPlan>();
	const {isBusy, run, cancel} = useTask();

	const patch: EditPatch = {
		...(lines.name.text !== start?.name && {name: lines.name.text}),
		...(lines.description.text !== start?.description && {description: lines.description.text}),
		...(lines.ip.text !== start?.ip.join(', ') && {ip: splitIps(lines.ip.text)}),
		...(lines.tags.text !== start?.tags.join(' ') && {tags: [...new Set(splitIps(lines.tags.text))]}),
	};
	useGuard(Object.keys(patch).length > 0 ? 'typed' : undefined);
	useActions('busy', {cancel}, {isActive: isBusy});
	const {focus} = useForm({
		fields: ['name', 'description', 'ip', 'tags'],
		isActive: plan === undefined && !isBusy,
		onBack() {
			if (Object.keys(patch).length === 0) pop();
			else push({screen: 'confirm', danger: {act: 'discard'}});
		},
		onSubmit() {
			run(async signal => {
				const made = await planEdit(context, id, patch, {signal});
				if (made.changes.length === 0) say({text: 'Nothing is different, so there is nothing to save.'});
				else if (!signal.aborted) setPlan(made);
			});
		},
	});
	if (plan) return <PlanReview plan={plan} onBack={() => { setPlan(undefined); }} />;

	const field = {width: columns, onRefused: (text: string) => { say({text, tone: 'warn'}); }};
	return (
		<Box flexDirection="column">
			<TextField label="Name" line={lines.name} onLine={edit('name')} isFocused={focus === 'name'} hint={`${countOf(lines.name)} of ${limits.nameLength} characters; the name in this vault`} {...field} />
			<TextField label="Description" line={lines.description} onLine={edit('description')} isFocused={focus === 'description'} rows={3} hint="only in this vault; Alt+Enter for a new line" {...field} />
			<TextField label="IP addresses" line={lines.ip} onLine={edit('ip')} isFocused={focus === 'ip'} rows={2} hint={`${splitIps(lines.ip.text).length} of ${limits.ipAddresses}; empty: any address`} {...field} />
			<TextField label="Tags" line={lines.tags} onLine={edit('tags')} isFocused={focus === 'tags'} hint="one word each; only in this vault" {...field} />
			<Rows width={columns} rows={[[], [{text: isBusy ? 'Looking at what the exchange has now…' : 'Enter shows what would change; nothing is saved before that.', tone: isBusy ? 'accent' : 'muted'}]]} />
		</Box>
	);
}
