import type {ReactNode} from 'react';
import {canonicalIp, splitIps} from '../../../core/ip/address.ts';
import {useForm, useLines} from '../../forms/form.ts';
import {TextField} from '../../forms/text-field.tsx';
import {useKeysById, useTextFields} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {BulkForm} from './bulk-form.tsx';
import {useBulkPlanning} from './planning.ts';
import {BulkReview} from './review.tsx';
import {t} from '../../../language/translate.ts';

export function Addresses({ids}: {readonly ids: readonly string[]}): ReactNode {
	const {notify} = useShell();
	const keys = useKeysById(ids);
	const {lines, edit} = useLines({from: '', to: '', add: '', remove: ''});
	const [from, to, add, remove] = (['from', 'to', 'add', 'remove'] as const).map(name => splitIps(lines[name].text));
	const isHalf = from!.length !== to!.length;
	const {planned, review, progress, form} = useBulkPlanning(
		ids,
		{addresses: {replace: from!.map((entry, index) => ({from: entry, to: to![index] ?? ''})), add, remove}},
		[from, to, add, remove].some(list => list!.length > 0),
	);
	const {focus} = useForm({
		fields: ['from', 'to', 'add', 'remove'],
		...form,
		onSubmit() {
			if (isHalf) notify({text: t`Each address to replace needs one in its place.`, tone: 'warn'});
			else form.onSubmit();
		},
	});
	const field = useTextFields({lines, edit, focus});
	if (planned) return <BulkReview planned={planned} {...review} />;
	return (
		<BulkForm
			keys={keys}
			present={{label: t`Declared now`, values: keys.flatMap(({ip}) => ip.map(entry => canonicalIp(entry)))}}
			progress={progress}
		>
			<TextField label={t`Replace`} hint={t`an address that is no longer used`} {...field('from')} />
			<TextField label={t`by`} hint={t`the one in its place, such as that of a new server`} {...field('to')} />
			<TextField label={t`Add`} hint={t`separated by commas or spaces`} {...field('add')} />
			<TextField label={t`Remove`} hint={t`a key that does not have it stays as it is`} {...field('remove')} />
		</BulkForm>
	);
}
