import type {ReactNode} from 'react';
import {Box} from 'ink';
import {previewImport, type ImportOpener, type ImportPreview} from '../../../actions/import-file.ts';
import {Secret} from '../../../core/secret.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import {t} from '../../../language/translate.ts';
import {Rows, type Row} from '../../drawing/rows.tsx';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap} from '../../drawing/wrap.ts';
import {useForm, useLines} from '../../forms/form.ts';
import {TextField} from '../../forms/text-field.tsx';
import {useActions} from '../../keyboard/actions.ts';
import {useTask, useTextFields} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import type {Encryption} from './file-step.tsx';

type Props = {
	readonly file: string;
	readonly encryption: Encryption;
	/** The opener is wiped by who is given it. */
	readonly onPreview: (preview: ImportPreview, opener: ImportOpener) => void;
	readonly onBack: () => void;
};

/** Asks for what opens an age file. */
export function AgeStep({file, encryption, onPreview, onBack}: Props): ReactNode {
	const {context, notify, notifyError} = useShell();
	const {columns} = useViewport();
	const {isBusy, run, cancel} = useTask();
	const {lines, edit, set} = useLines({opener: ''});
	const isPassphrase = encryption === 'passphrase';
	const open = () => {
		const text = lines.opener.text;
		if (text.trim() === '') {
			notify({
				text: isPassphrase ? t`Type the passphrase of the file.` : t`Type the path of an identity file.`,
				tone: 'warn',
			});
			return;
		}

		const opener: ImportOpener = isPassphrase ? {passphrase: new Secret(text)} : {identityFile: text.trim()};
		const forget = () => {
			if ('passphrase' in opener) opener.passphrase.wipe();
		};
		run(
			async signal => {
				try {
					const preview = await previewImport(context, file, opener, signal);
					signal.throwIfAborted();
					onPreview(preview, opener);
				} catch (error) {
					forget();
					throw error;
				}
			},
			{
				onError(error) {
					if (isPassphrase) set('opener', '');
					notifyError(error);
				},
			},
		);
	};
	const {focus} = useForm({fields: ['opener'], onSubmit: open, onBack, isActive: !isBusy});
	useActions('busy', {cancel}, {isActive: isBusy});
	const field = useTextFields({lines, edit, focus});
	const named = sanitize(file);
	const words = isPassphrase
		? t`${named} is encrypted with a passphrase.`
		: t`${named} is encrypted for the holder of an identity, a file as age-keygen makes it.`;
	return (
		<Box flexDirection="column" gap={1}>
			<Rows width={columns} rows={wrap(words, columns).map((text): Row => [text])} />
			{isPassphrase ? (
				<TextField {...field('opener')} label={t`Passphrase`} isMasked hint={t`Of the file, not of the vault.`} />
			) : (
				<TextField {...field('opener')} label={t`Identity file`} trims hint={t`Such as ~/key.txt`} />
			)}
			{isBusy && <Rows width={columns} rows={[[{text: t`Opening the file…`, tone: 'accent'}]]} />}
		</Box>
	);
}
