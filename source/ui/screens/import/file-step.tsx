import type {ReactNode} from 'react';
import {Box} from 'ink';
import {encryptionOf, previewImport, type ImportPreview} from '../../../actions/import-file.ts';
import {importFormats} from '../../../actions/import-text.ts';
import {t} from '../../../language/translate.ts';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {useForm, useLines} from '../../forms/form.ts';
import {TextField} from '../../forms/text-field.tsx';
import {useActions} from '../../keyboard/actions.ts';
import {useBusyWords, useTask, useTextFields} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';

export type Encryption = NonNullable<Awaited<ReturnType<typeof encryptionOf>>>;

type Props = {
	/** The path that was typed before. */
	readonly file: string;
	readonly onPreview: (preview: ImportPreview) => void;
	/** Called for an age file, which has to be opened first. */
	readonly onEncrypted: (file: string, encryption: Encryption) => void;
};

export function FileStep({file, onPreview, onEncrypted}: Props): ReactNode {
	const {context, notify} = useShell();
	const {columns} = useViewport();
	const {isBusy, run, cancel} = useTask();
	const reading = useBusyWords(t`Reading the file…`, isBusy);
	const {lines, edit} = useLines({file});
	const look = () => {
		const path = lines.file.text.trim();
		if (path === '') {
			notify({text: t`Type the path of a file.`, tone: 'warn'});
			return;
		}

		run(async signal => {
			const encryption = await encryptionOf(context, path);
			const preview = encryption ? undefined : await previewImport(context, path);
			if (signal.aborted) return;
			if (encryption) onEncrypted(path, encryption);
			else if (preview) onPreview(preview);
		});
	};
	const {focus} = useForm({fields: ['file'], onSubmit: look, isActive: !isBusy});
	useActions('busy', {cancel}, {isActive: isBusy});
	const field = useTextFields({lines, edit, focus});
	const names = importFormats().map(({name}) => name);
	return (
		<Box flexDirection="column" gap={1}>
			<Rows
				width={columns}
				rows={wrap(
					t`Keys can come from a file that okx-keys exported, or from the file of a bot. What would happen is shown
						first; the file stays as it is.`,
					columns,
				).map((text): Row => [text])}
			/>
			<TextField {...field('file')} label={t`File`} trims hint={t`Such as ~/.okx/config.toml or ~/bot/.env`} />
			<Rows
				width={columns}
				rows={wrap(isBusy ? reading : t`Formats that are recognised: ${names.join(', ')}.`, columns).map(
					(text): Row => [{text, tone: isBusy ? 'accent' : 'muted'}],
				)}
			/>
		</Box>
	);
}
