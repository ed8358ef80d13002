import {useEffect, useRef, useState, type ReactNode} from 'react';
import {Box} from 'ink';
import {problemsOnOpening} from '../../../actions/activity.ts';
import {openEarlier} from '../../../actions/earlier.ts';
import {troubleOf, type VaultTrouble} from '../../../actions/vault-trouble.ts';
import {isLikeRecoveryKey, openVault} from '../../../actions/setup.ts';
import {emptyLine} from '../../../core/text/editing/line-editor.ts';
import {Secret} from '../../../core/secret.ts';
import {isAppError, type AppError} from '../../../core/errors.ts';
import type {EarlierSaveInfo, OpenedBackup} from '../../../vault/vault.ts';
import {Rows} from '../../drawing/rows.tsx';
import {TextField} from '../../forms/text-field.tsx';
import {useBusyWords, useFieldProps, useTask} from '../../shell/hooks.ts';
import {useActions} from '../../keyboard/actions.ts';
import type {FirstTry} from '../../routes.ts';
import {useAutoUnlock} from './auto-unlock.ts';
import {wordsForProblem} from '../../shell/failure-words.ts';
import {useShell} from '../../shell/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {fieldLabel, otherWayRows, paragraph, pathRow, titleRow} from './question.ts';
import {RestoreReview} from './restore-review.tsx';
import {Older} from './older-vault.tsx';
import {troubleWords} from './trouble.ts';
import {t} from '../../../language/translate.ts';
import {useNow} from '../../timing/use-alarms.ts';

type Question =
	| {readonly older: AppError<'vault-older'>; readonly earlier: readonly EarlierSaveInfo[]}
	| {readonly copy: OpenedBackup};

/**
 * Opens the vault with its passphrase or recovery key; with `first`, tries without a question before. A vault in
 * trouble is repaired from here.
 */
export function Unlock({
	first,
	trouble: known,
}: {
	readonly first?: FirstTry | undefined;
	readonly trouble?: VaultTrouble;
}): ReactNode {
	const {context, reset, notify, notifyError, push} = useShell();
	const {vault} = context;
	const {columns, rows: height} = useViewport();
	const field = useFieldProps();
	const now = useNow();
	const [line, setLine] = useState(emptyLine);
	const [trouble, setTrouble] = useState(known);
	const [question, setQuestion] = useState<Question>();
	const [doing, setDoing] = useState('');
	const {isBusy, run, stop} = useTask();
	const doingWords = useBusyWords(doing, isBusy);
	const quiet = useAutoUnlock(first, async failure => {
		// If the store fails twice, the first failure is reported.
		const found = await troubleOf(failure, vault).catch(() => undefined);
		if (found) setTrouble(found);
		else notifyError(failure);
	});
	/** Set when the person stops an unlock; the work itself cannot be, so its end locks the vault again. */
	const isCancelled = useRef(false);
	/** Kept while an open question still needs it to unlock something. */
	const typed = useRef<Secret>(undefined);
	const forget = () => {
		typed.current?.wipe();
		typed.current = undefined;
		setQuestion(undefined);
	};
	useEffect(
		() => () => {
			typed.current?.wipe();
		},
		[],
	);

	const open = async (signal: AbortSignal, acceptOlder = false) => {
		setDoing(t`Opening…`);
		await openVault(context, typed.current!, {acceptOlder});
		if (isCancelled.current) vault.lock();
		if (signal.aborted) return;
		reset();
		const [warning] = problemsOnOpening(context, {isWhole: true});
		if (warning) notify({...wordsForProblem(warning), tone: 'warn'});
	};
	const look = async (signal: AbortSignal) => {
		setDoing(t`Looking for an earlier save that this opens…`);
		const copy = await openEarlier(context, typed.current!);
		if (signal.aborted) return copy.dispose();
		forget();
		setQuestion({copy});
	};
	const attempt = (work: (signal: AbortSignal) => Promise<void>, entered = emptyLine) => {
		isCancelled.current = false;
		run(async signal => {
			try {
				await work(signal);
			} catch (error) {
				const found = await troubleOf(error, vault);
				if (signal.aborted) return;
				forget();
				setTrouble(found);
				// What was not even tried need not be typed again.
				if (isAppError(error, 'vault-busy') || isAppError(error, 'vault-unreadable'))
					setLine(line => (line.text === '' ? entered : line));
				notifyError(error);
			} finally {
				if (isCancelled.current) notify({text: t`Cancelled; the vault stays locked.`});
			}
		});
	};
	const cancel = () => {
		isCancelled.current = true;
		setDoing(t`Cancelling…`);
		stop();
	};

	const ask = trouble ? undefined : quiet.ask;
	const isTyping = line.text !== '';
	useActions(
		'unlock',
		{
			enter:
				isBusy || (!isTyping && (ask !== undefined || quiet.waiting !== undefined))
					? undefined
					: () => {
							typed.current = new Secret(line.text);
							setLine(emptyLine);
							attempt(async signal => {
								try {
									await open(signal);
								} catch (error) {
									const found = await troubleOf(error, vault);
									if (signal.aborted) return;
									if (isAppError(error, 'vault-older')) {
										setTrouble(found);
										setQuestion({older: error, earlier: found?.earlier ?? []});
									} else if (found && found.earlier.length > 0) {
										setTrouble(found);
										await look(signal);
									} else {
										throw error;
									}
								}
							}, line);
						},
		},
		{isActive: !question},
	);
	useActions('autoUnlock', {enter: ask}, {isActive: !question && !isBusy && !isTyping});
	useActions('busy', {cancel: isBusy ? cancel : quiet.stop}, {isActive: isBusy || quiet.waiting !== undefined});
	useActions(
		'vaultMissing',
		{
			create() {
				push({screen: 'setup', hasEarlier: trouble !== undefined && trouble.earlier.length > 0});
			},
		},
		{isActive: !question && !isBusy && trouble?.problem.code === 'vault-missing'},
	);

	if (question && 'copy' in question) return <RestoreReview copy={question.copy} onLeave={forget} />;
	if (question) {
		return (
			<Older
				problem={question.older}
				earlier={question.earlier}
				doing={isBusy ? doingWords : undefined}
				onAccept={() => {
					attempt(async signal => {
						await open(signal, true);
						notify({text: t`This older copy is your vault now.`, tone: 'warn'});
					});
				}}
				onRestore={() => {
					run(look);
				}}
				onLeave={forget}
			/>
		);
	}

	const {title, about} = troubleWords(trouble, now);
	const isTight = height < 10 && trouble !== undefined;
	return (
		<Box flexDirection="column" gap={isTight ? 0 : 1}>
			<Rows
				width={columns}
				rows={[titleRow(title, trouble ? 'warn' : 'title'), ...(isTight ? [] : [pathRow(vault.path, columns)])]}
			/>
			<TextField
				label={fieldLabel()}
				line={line}
				isFocused
				isMasked
				trims
				joins={isLikeRecoveryKey}
				{...field}
				onLine={change => {
					quiet.stop();
					setLine(change);
				}}
			/>
			<Rows
				width={columns}
				rows={
					isBusy
						? paragraph(doingWords, 'accent', columns)
						: quiet.waiting !== undefined
							? paragraph(quiet.waiting, 'accent', columns)
							: [
									...paragraph(about, 'plain', columns),
									...paragraph(quiet.refusal ?? '', 'muted', columns),
									...(trouble ? [] : otherWayRows(columns)),
								]
				}
			/>
		</Box>
	);
}
