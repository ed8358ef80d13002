import {setTimeout as delay} from 'node:timers/promises';
import {holdOf, type ClipboardHold} from '../actions/clipboard-hold.ts';
import {copyFields, copyLabel, copyProblem, copyText, isSecretField, type CopyField} from '../actions/copy.ts';
import {keyByName} from '../actions/keys.ts';
import {AppError} from '../core/errors.ts';
import {suggestedCommand} from '../core/invocation.ts';
import type {StoredKey} from '../core/key/key.ts';
import {settings} from '../core/settings/table.ts';
import {clipboardWords} from '../core/terminal/clipboard-words.ts';
import {formatDuration} from '../core/text/duration.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand, oneWord, type Operand, type Session} from '../cli/command.ts';
import type {Io} from '../cli/io.ts';
import {noteUse} from '../cli/note-use.ts';
import {flag, parsed, text} from '../cli/option.ts';
import {jsonText} from '../cli/print.ts';
import {unlock} from '../cli/unlock.ts';
import {msg, t} from '../language/translate.ts';

const {kind, usual} = settings['clipboard-time'];

const field = oneWord('field', copyFields);

const operand: Operand<{readonly name: string; readonly field: CopyField | undefined}> = {
	words: '<name> [field]',
	candidates: 'keys',
	laterCandidates: copyFields,
	read: ([name = '', word]) => ({name, field: word === undefined ? undefined : field.read([word])}),
};

export const copyCommand = defineCommand({
	name: 'copy',
	summary: msg`put a part of a key on the clipboard of your terminal, also over SSH, and clear it after
		${formatDuration(usual)}, or the clipboard-time of the settings; without a part, ask which`,
	examples: [
		msg`okx-keys copy grid secret-key`,
		msg`okx-keys copy grid api-key --clear-after 10s`,
		msg`okx-keys copy grid failure`,
	],
	operand,
	options: {
		clearAfter: parsed(
			text('--clear-after <time>', msg`clear a secret after this time, such as 10s or 2m, and wait until then`),
			given => holdMs(given),
		),
		keep: flag('--keep', msg`end at once, and leave a secret on the clipboard`),
	},
	printsSecrets: ({operand: {field}}) => field !== undefined && isSecretField(field),
	async run(session, {operand: {name, field: named}, options: {clearAfter, keep}}) {
		const {context, io} = session;
		if (context.noSecrets && !named) throw secretsForbidden(name);
		if (!context.clipboard?.ways().length) throw new AppError('no-clipboard');
		await unlock(session);
		const key = keyByName(context.vault.read(), name);
		const field = named ?? (await askFor(session, key));
		const copied = copyText(context, key, field);
		await io.release();
		const isSecret = isSecretField(field);
		const forMs = isSecret && !keep ? (clearAfter ?? context.settings.get('clipboard-time')) : undefined;
		const hold = holdOf(context.clipboard, context.clock);
		const ended = io.ended();
		const ways = hold.put(copied, forMs);
		try {
			if (isSecret) await noteUse(session, [key], 'copy', field);
			if (io.json) io.out(jsonText({name: key.name, field, ways, clearedAfterMs: forMs ?? null}));
			io.note(t`${copyLabel(field)} (${sanitize(key.name)}): ${clipboardWords(ways)}.`);
			context.vault.lock();
			if (forMs === undefined) return 'ok';
			io.note(
				t`If nothing pastes, your terminal does not take it, and ${suggestedCommand('show', key.name, '--reveal')} shows
					it. Ctrl+C clears it now.`,
			);
			await Promise.race([countDown(hold, io), ended]);
		} finally {
			hold.clear();
			io.progress('');
		}

		io.note(t`The clipboard was told to clear it.`);
		return 'ok';
	},
});

function secretsForbidden(name: string): AppError<'usage'> {
	const allowed = copyFields.filter(one => !isSecretField(one));
	return new AppError('usage', {
		problem: t`Under --no-secrets, copy takes only ${allowed.join(', ')}.`,
		hint: t`Name one of them: ${suggestedCommand('copy', name, allowed[0]!)}.`,
	});
}

function holdMs(given: string): number {
	const ms = kind.parse(given);
	if (ms !== undefined) return ms;
	throw new AppError('usage', {
		problem: t`--clear-after is not ${kind.allowed()}.`,
		hint: t`Write it as 10s or 2m.`,
	});
}

async function askFor({context, io}: Session, key: StoredKey): Promise<CopyField> {
	const width = Math.max(...copyFields.map(({length}) => length));
	for (const [index, one] of copyFields.entries()) {
		const problem = copyProblem(context, key, one);
		const about = problem === undefined ? copyLabel(one) : t`${copyLabel(one)} (${problem})`;
		io.note(`  ${index + 1}  ${one.padEnd(width)}  ${about}`);
	}

	const answer = await io.ask(t`Copy which, by number or word? `, {
		what: t`what to copy`,
		instead: t`it after the name: ${copyFields.join(', ')}`,
	});
	const word = answer.trim();
	return copyFields[Number(word) - 1] ?? field.read([word]);
}

/** Ends when the hold does, and shows what is left of it. */
async function countDown(hold: ClipboardHold, io: Io): Promise<void> {
	for (let left = hold.msLeft(); left !== undefined; left = hold.msLeft()) {
		io.progress(t`Cleared in ${formatDuration(left)}.`);
		await delay(Math.min(1000, left + 1));
	}
}
