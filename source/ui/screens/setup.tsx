import {useEffect, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {createVault, leastPassphraseLength, vaultPassphraseProblem} from '../../actions/setup.ts';
import {Secret} from '../../core/secret.ts';
import {isAppError} from '../../core/errors.ts';
import {useForm, useLines} from '../forms/form.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {labelWidth} from '../forms/field-row.ts';
import {countOf, TextField} from '../forms/text-field.tsx';
import {wordsForProblem} from '../shell/failure-words.ts';
import {useBusyWords, useTextFields, useGuard, useTask} from '../shell/hooks.ts';
import {useActions} from '../keyboard/actions.ts';
import {useShell} from '../shell/shell.ts';
import {useViewport} from '../drawing/viewport.ts';
import {strengthOf} from '../forms/strength.ts';
import {shortPath, wrap} from '../drawing/wrap.ts';
import {shownKeyOf} from '../keyboard/bindings.ts';
import {t} from '../../language/translate.ts';

export function Setup({hasEarlier = false}: {readonly hasEarlier?: boolean}): ReactNode {
	const [recoveryKey, setRecoveryKey] = useState<Secret>();
	return recoveryKey ? (
		<RecoveryKey recoveryKey={recoveryKey} />
	) : (
		<Passphrase hasEarlier={hasEarlier} onMade={setRecoveryKey} />
	);
}

function Passphrase({
	hasEarlier,
	onMade,
}: {
	readonly hasEarlier: boolean;
	readonly onMade: (recoveryKey: Secret) => void;
}): ReactNode {
	const {context, notify, notifyError, reset} = useShell();
	const {columns} = useViewport();
	const {lines, edit, set} = useLines({passphrase: '', again: ''});
	const {isBusy, run} = useTask();
	const making = useBusyWords(t`Making the vault…`, isBusy);
	const {focus, setFocus} = useForm({
		fields: ['passphrase', 'again'],
		isActive: !isBusy,
		onSubmit() {
			const problem = vaultPassphraseProblem(lines.passphrase.text);
			if (problem) {
				setFocus('passphrase');
				return notify(wordsForProblem(problem));
			}

			if (lines.passphrase.text !== lines.again.text) {
				set('again', '');
				setFocus('again');
				return notify({
					text: lines.again.text === '' ? t`Type the passphrase a second time.` : t`The two are not the same.`,
					hint: t`Type the second one again.`,
					tone: 'bad',
				});
			}

			run(
				async () => {
					const passphrase = new Secret(lines.passphrase.text);
					const {recoveryKey, doubt} = await createVault(context, passphrase).finally(() => {
						passphrase.wipe();
					});
					onMade(recoveryKey);
					if (doubt) notifyError(doubt);
				},
				{
					finishes: true,
					shows: true,
					onError(error) {
						// Another program has made the vault in the meantime, so it has to be unlocked.
						if (isAppError(error, 'vault-exists')) reset();
						notifyError(error);
					},
				},
			);
		},
	});

	const paragraph = (text: string): Row[] => wrap(text, columns).map(row => [{text: row, tone: 'muted'}]);
	const field = useTextFields({lines, edit, focus});
	return (
		<Box flexDirection="column" gap={1}>
			<Rows
				width={columns}
				rows={[
					[{text: t`Make your vault`, tone: 'title'}],
					[{text: shortPath(context.vault.path, columns), tone: 'muted'}],
				]}
			/>
			<Rows
				width={columns}
				rows={paragraph(
					t`Your API keys are kept in one encrypted file. Choose a passphrase for it. It cannot be recovered or reset.
						You get a recovery key next, in case it is forgotten.`,
				)}
			/>
			{hasEarlier && (
				<Rows
					width={columns}
					rows={wrap(
						t`Earlier saves are kept in backups beside it. Esc, and then your passphrase, brings them back. Making a
							new vault moves them to backups/former-1 or the next number free, where they stay.`,
						columns,
					).map(row => [{text: row, tone: 'warn'}])}
				/>
			)}
			<Box flexDirection="column">
				<TextField label={t`Passphrase`} isMasked {...field('passphrase')} />
				<Rows width={columns} rows={[strengthRow(lines.passphrase.text, countOf(lines.passphrase))]} />
				<TextField label={t`The same again`} isMasked {...field('again')} />
			</Box>
			{isBusy && <Rows width={columns} rows={[[{text: making, tone: 'accent'}]]} />}
		</Box>
	);
}

function strengthRow(passphrase: string, length: number): Row {
	const indent = ' '.repeat(labelWidth + 3);
	if (length === 0)
		return [
			indent,
			{text: t`at least ${leastPassphraseLength} characters; several words are easy to keep in mind`, tone: 'muted'},
		];
	const {bits, word, tone} = strengthOf(passphrase);
	const filled = Math.min(10, Math.round(bits / 8));
	return [
		indent,
		{text: '█'.repeat(filled), tone},
		{text: '░'.repeat(10 - filled), tone: 'muted'},
		{text: ` ${word} `, tone},
		{text: t`(a rough guess)`, tone: 'muted'},
	];
}

function RecoveryKey({recoveryKey}: {readonly recoveryKey: Secret}): ReactNode {
	const {context, reset, notify} = useShell();
	const {columns} = useViewport();
	useGuard('recovery', true);
	useEffect(
		() => () => {
			recoveryKey.wipe();
		},
		[recoveryKey],
	);
	useActions('recoveryKey', {
		written() {
			reset();
			notify({
				text: t`Your vault is ready.`,
				...(context.sandbox && {
					hint: t`${shownKeyOf('keyList', 'create')} makes a key, also one of a sub-account by the key main;
						${shownKeyOf('key', 'test')} tests the selected key.`,
				}),
				tone: 'good',
			});
		},
		wait() {
			notify({
				text: t`Write the recovery key down first, then press
				${shownKeyOf('recoveryKey', 'written')}.`,
				tone: 'warn',
			});
		},
	});
	const paragraph = (text: string): Row[] => wrap(text, columns).map(row => [row]);
	return (
		<Rows
			width={columns}
			rows={[
				[{text: t`Your recovery key`, tone: 'title'}],
				[],
				...groupRows(recoveryKey.reveal()),
				[],
				...paragraph(
					t`Write it on paper and keep it away from this machine. It opens the vault when the passphrase is forgotten.`,
				),
				[],
				...paragraph(t`It is shown this one time. It opens the vault file and shows all your keys.`),
			]}
		/>
	);
}

const groupsInRow = 7;

/** The groups of a recovery key, few per row so that copying by hand does not lose the place. */
function groupRows(recoveryKey: string): Row[] {
	const groups = recoveryKey.split('-');
	return Array.from({length: Math.ceil(groups.length / groupsInRow)}, (_, row): Row => [
		'  ',
		{text: groups.slice(row * groupsInRow, (row + 1) * groupsInRow).join('-'), tone: 'accent'},
	]);
}
