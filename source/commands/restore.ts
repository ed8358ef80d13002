import path from 'node:path';
import {openCopyOf} from '../actions/earlier.ts';
import {refuseReadonly} from '../actions/keys.ts';
import {differenceOf, type Difference} from '../core/difference.ts';
import {withUnfinished} from '../core/key/operation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {formatMinute} from '../core/text/time.ts';
import type {OpenedBackup} from '../vault/vault.ts';
import {defineCommand, optional, type Session} from '../cli/command.ts';
import {flag} from '../cli/option.ts';
import {askToOpen} from '../cli/unlock.ts';
import {yesOption} from '../cli/options.ts';
import {requireConfirmation, requireTypedName, jsonText} from '../cli/print.ts';
import {msg, sentences, t} from '../language/translate.ts';

function lines({added, removed, changed}: Difference): string[] {
	return [
		...added.map(name => `  + ${sanitize(name)}  ${t`comes back`}`),
		...removed.map(name => `  - ${sanitize(name)}  ${t`goes`}`),
		...changed.map(({name, fields}) => `  ~ ${sanitize(name)}  ${fields.join(', ')}`),
	];
}

function told(copy: OpenedBackup, difference: Difference | undefined): string {
	const {label, rev, savedAt, content, present, isOther} = copy;
	const count = withUnfinished(content).length;
	const keys = `${count} ${count === 1 ? t`key` : t`keys`}`;
	return [
		t`${sanitize(label)} is save number ${rev} of ${formatMinute(savedAt)} UTC, with ${keys}.`,
		...('problem' in present
			? [
					present.problem.code === 'vault-missing'
						? t`There is no vault now.`
						: t`The current vault cannot be compared: ${sanitize(present.problem.message)}`,
					...(present.problem.code === 'vault-missing' ? [] : [t`It will be put aside.`]),
				]
			: [t`The current vault is save number ${present.rev}.`]),
		...(isOther ? [t`THIS IS A COPY OF ANOTHER VAULT. It replaces the one here, which is put aside.`] : []),
		...(copy.opensAfter
			? []
			: [
					t`ITS UNLOCK METHODS STAY AS THEY ARE: what you have just given opens the copy, but will not open the vault.`,
				]),
		...(difference ? (lines(difference).length === 0 ? [t`Their keys are the same.`] : lines(difference)) : []),
	].join('\n');
}

async function opened({context, io}: Session, file: string | undefined): Promise<OpenedBackup> {
	const given = await io.givenPassphrase();
	const keyFile = given ? undefined : io.givenKeyFile();
	const typed = keyFile ? undefined : (given ?? (await askToOpen(io)));
	try {
		return await openCopyOf(context, keyFile ? {keyFile} : {typed: typed!}, file);
	} finally {
		typed?.wipe();
		keyFile?.wipe();
	}
}

/** A single letter must not replace real keys by those of another vault. */
async function requireAgreement(
	{context: {sandbox}, io}: Session,
	options: {readonly yes: boolean},
	{label, isOther}: OpenedBackup,
): Promise<void> {
	if (!isOther || sandbox) return requireConfirmation(io, options, t`Bring it back?`);
	const name = path.basename(label);
	return requireTypedName(
		io,
		options,
		t`Type the name of its file, ${sanitize(name)}, to replace the vault here with it: `,
		name,
	);
}

export const restoreCommand = defineCommand({
	name: 'restore',
	summary: msg`restore a backup, or the newest earlier save that opens; shows the difference and asks first`,
	examples: [msg`okx-keys restore --dry-run`, msg`okx-keys restore /mnt/usb/vault.json`],
	operand: optional('file'),
	options: {isDryRun: flag('--dry-run', msg`only show the difference`), yes: yesOption},
	async run(session, {operand: file, options}) {
		const {context, io} = session;
		const {isDryRun} = options;
		if (!isDryRun) refuseReadonly(context);
		const copy = await opened(session, file);
		const keys = withUnfinished(copy.content);
		const present = 'content' in copy.present ? withUnfinished(copy.present.content) : undefined;
		io.keep([copy.label, ...[...keys, ...(present ?? [])].map(({name}) => name)]);
		try {
			const difference = present && differenceOf(present, keys);
			const data = {
				file: copy.label,
				save: copy.rev,
				savedAt: copy.savedAt,
				keys: keys.length,
				present: 'content' in copy.present ? {save: copy.present.rev} : {problem: copy.present.problem.message},
				isOtherVault: copy.isOther,
				difference: difference ?? null,
			};
			if (!io.json) io.note(told(copy, difference));
			if (isDryRun) {
				if (io.json) io.out(jsonText({...data, restored: false, keptAs: null}));
				return 'ok';
			}

			await requireAgreement(session, options, copy);
			const {keptAs} = await copy.restore();
			if (io.json) io.out(jsonText({...data, restored: true, keptAs: keptAs ?? null}));
			else
				io.note(
					sentences(
						t`The vault is ${sanitize(context.vault.path)} again.`,
						keptAs === undefined ? '' : t`The former vault is kept as ${sanitize(keptAs)}.`,
					),
				);
			return 'ok';
		} finally {
			copy.dispose();
		}
	},
});
