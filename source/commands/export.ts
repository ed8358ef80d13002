import path from 'node:path';
import {keysToExport, type ExportForm} from '../actions/export.ts';
import {suggestedCommand} from '../core/invocation.ts';
import {AppError} from '../core/errors.ts';
import {withUnfinished} from '../core/key/operation.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {msg, t} from '../language/translate.ts';
import {defineCommand, several} from '../cli/command.ts';
import {noteUse} from '../cli/note-use.ts';
import {unlock} from '../cli/unlock.ts';
import {jsonText} from '../cli/print.ts';
import {clearExport} from './export/clear.ts';
import {exportOptions, isEncrypted, refuseUnclear, type ExportGiven} from './export/options.ts';
import {sealedExport} from './export/sealed.ts';

export const exportCommand = defineCommand({
	name: 'export',
	summary: msg`write keys with their secrets for another program or into an age file; to standard output without
		--output`,
	examples: [
		msg`okx-keys export grid --format freqtrade --reveal --output config-okx.json`,
		msg`okx-keys export grid --age-recipient age1… --output grid.age`,
		msg`okx-keys export --all --age-passphrase > keys.age`,
	],
	operand: several('names'),
	options: exportOptions,
	// Encrypted, too: what asks for it chooses who can open it.
	printsSecrets: () => true,
	async run(session, {operand: names, options}) {
		const {context, io} = session;
		refuseUnclear(names, options);
		const form = {...formOf(options), allowedHosts: context.settings.get('allowed-hosts')};
		const isSealed = isEncrypted(options);
		const write = isSealed ? await sealedExport(session, options) : clearExport(session, options, form);
		await unlock(session);
		const keys = keysToExport(context, options.all ? 'all' : names);
		if (keys.length === 0)
			throw new AppError('invalid', {
				problem: t`The vault holds no key to export; nothing was written.`,
				fix: t`${suggestedCommand('list')} shows what it holds.`,
			});
		await write(keys, form);
		if (!options.noRecord) await noteUse(session, keys, 'export', whereTo(options, form));
		if (io.json && options.output !== undefined)
			io.out(jsonText({file: options.output, keys: keys.map(({name}) => name)}));
		io.note(summaryOf(keys.length, options, isSealed));
		const left = options.all ? withUnfinished(context.vault.read()).length - keys.length : 0;
		if (left === 1) io.note(t`1 key in the trash, unfinished or frozen was left out.`);
		if (left > 1) io.note(t`${left} keys in the trash, unfinished or frozen were left out.`);
		return 'ok';
	},
});

function formOf({format = 'json', flavour, dialect, prefixes}: ExportGiven): ExportForm {
	return {format: format === 'age' ? 'json' : format, flavour, dialect, prefixes};
}

/** As it is noted with the keys. */
function whereTo({output}: ExportGiven, {format}: ExportForm): string {
	return output === undefined ? format : `${format} ${path.resolve(output)}`;
}

function summaryOf(count: number, {output}: ExportGiven, isSealed: boolean): string {
	const file = output === undefined ? undefined : sanitize(output);
	if (isSealed) {
		if (file === undefined) return count === 1 ? t`1 key was encrypted.` : t`${count} keys were encrypted.`;
		return count === 1 ? t`1 key was encrypted into ${file}.` : t`${count} keys were encrypted into ${file}.`;
	}

	if (file === undefined) return count === 1 ? t`1 key was written in clear.` : t`${count} keys were written in clear.`;
	return count === 1
		? t`1 key was written in clear to ${file}, which only its owner can read.`
		: t`${count} keys were written in clear to ${file}, which only its owner can read.`;
}
