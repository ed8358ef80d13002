import type {ReactNode} from 'react';
import {splitIps} from '../../../core/ip/address.ts';
import {useForm, useLines} from '../../forms/form.ts';
import {TextField} from '../../forms/text-field.tsx';
import {useKeysById, useTextFields} from '../../shell/hooks.ts';
import {BulkForm} from './bulk-form.tsx';
import {useBulkPlanning} from './planning.ts';
import {BulkReview} from './review.tsx';
import {t} from '../../../language/translate.ts';

export function Tags({ids}: {readonly ids: readonly string[]}): ReactNode {
	const keys = useKeysById(ids);
	const {lines, edit} = useLines({add: '', remove: ''});
	const add = splitIps(lines.add.text);
	const remove = splitIps(lines.remove.text);
	const {planned, review, progress, form} = useBulkPlanning(
		ids,
		{tags: {add, remove}},
		add.length > 0 || remove.length > 0,
	);
	const {focus} = useForm({fields: ['add', 'remove'], ...form});
	const field = useTextFields({lines, edit, focus});
	if (planned) return <BulkReview planned={planned} {...review} />;
	return (
		<BulkForm keys={keys} present={{label: t`Tags now`, values: keys.flatMap(({tags}) => tags)}} progress={progress}>
			<TextField label={t`Add`} hint={t`one word each; only in this vault`} {...field('add')} />
			<TextField label={t`Remove`} hint={t`a key without the tag stays as it is`} {...field('remove')} />
		</BulkForm>
	);
}
