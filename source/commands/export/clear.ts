import {printInto, printKeys, refuseForeign, type ExportForm} from '../../actions/export.ts';
import type {StoredKey} from '../../core/key/key.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {shellQuotePath} from '../../core/text/shell.ts';
import {fileLimits} from '../../formats/format.ts';
import {t} from '../../language/translate.ts';
import type {Session} from '../../cli/command.ts';
import type {Files, Io} from '../../cli/io.ts';
import type {ExportGiven} from './options.ts';

/** What writes keys in clear. Throws at once for a file that may not be replaced, and warns of what endangers one. */
export function clearExport(
	{io}: Session,
	{output, force}: ExportGiven,
	form: ExportForm,
): (keys: readonly StoredKey[]) => Promise<void> {
	if (output === undefined) return toOutput(io, form);
	const look = () => {
		const existing = io.files.existing(output, fileLimits.bytes);
		const file = {path: output, before: existing?.text, isForced: force};
		refuseForeign(form, file);
		return {file, isExposed: existing?.isExposed === true};
	};
	look();
	return async keys => {
		// Another program may have written to it while the passphrase was asked for.
		const {file, isExposed} = look();
		const content = await printInto(keys, form, file);
		try {
			io.files.replacePrivate(output, content);
		} finally {
			content.fill(0);
		}

		if (isExposed) io.note(t`${sanitize(output)} could be read by other users; it has mode 0600 now.`);
		warnOfWorkTree(io, output);
	};
}

function toOutput(io: Io, form: ExportForm): (keys: readonly StoredKey[]) => Promise<void> {
	return async keys => {
		const content = printKeys(keys, form);
		try {
			await io.write(content);
		} finally {
			content.fill(0);
		}

		warnOfOutput(io, io.files.ofOutput());
	};
}

function warnOfOutput(io: Io, file: ReturnType<Files['ofOutput']>): void {
	if (!file) return;
	if (file.isExposed)
		io.note(
			t`${sanitize(file.path)} can be read by other users: run chmod 600 ${shellQuotePath(file.path)}, or use
				--output.`,
		);
	warnOfWorkTree(io, file.path);
}

function warnOfWorkTree(io: Io, file: string): void {
	const tree = io.files.workTree(file);
	if (tree === undefined) return;
	io.note(
		t`${sanitize(file)} is in the git work tree ${sanitize(tree)}: put it into .gitignore, or it may be committed with
			its secrets.`,
	);
}
