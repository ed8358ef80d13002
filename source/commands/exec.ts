import {hasValue} from '../core/has-value.ts';
import path from 'node:path';
import {canWithdraw, givenOf, keysForProgram, secretsOf, type ProgramCredentials} from '../actions/exec.ts';
import {AppError} from '../core/errors.ts';
import type {StoredKey} from '../core/key/key.ts';
import {createSecretFilter} from '../core/secret-text/filter.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import {flavourNamed, flavourNames, flavours, variableNamed, variableSet, type Flavour} from '../formats/flavours.ts';
import {atLeastOne, defineCommand, type Outcome, type Session} from '../cli/command.ts';
import {formats, printedNames, type FormatName} from '../formats/index.ts';
import {flag, oneOf, parsed, repeatable, text, type ValuesOf} from '../cli/option.ts';
import {descriptorPath, type Program} from '../cli/programs.ts';
import {noteUse} from '../cli/note-use.ts';
import {unlock} from '../cli/unlock.ts';
import {msg, t} from '../language/translate.ts';

const options = {
	flavour: parsed(
		text(
			'--flavour <name>',
			msg`the names of the variables: ${flavourNames.join(', ')} (default: common, or custom with --set, --file,
				--fd or --stdin)`,
			flavourNames,
		),
		flavourNamed,
	),
	set: repeatable(
		'--set <name=text>',
		msg`set a variable; {apiKey}, {secretKey}, {passphrase}, {site}, {demo} and the like stand for the key’s`,
	),
	file: parsed(text('--file <variable>', msg`write the key to a file in memory; the variable holds its path`), name =>
		variableNamed(name, '--file'),
	),
	fd: parsed(
		text('--fd <variable>', msg`the same, in an open file without a name; the variable holds its path, /dev/fd/N`),
		name => variableNamed(name, '--fd'),
	),
	stdin: flag('--stdin', msg`the same, as the standard input of the program`),
	format: oneOf(
		'--format <format>',
		printedNames,
		msg`the format of --file, --fd and --stdin, as export writes it
		(default: ccxt)`,
	),
	prefixes: repeatable(
		'--prefix <text>',
		msg`prefix of the variables, one for each key (default with several keys: their names)`,
	),
	mask: flag('--mask', msg`mask the secrets in what the program prints; its output is then not a terminal`),
	allowWithdraw: flag('--allow-withdraw', msg`do not ask for confirmation when a key can withdraw`),
	noRecord: flag('--no-record', msg`do not record this use with the key`),
};
type Given = ValuesOf<typeof options>;

export const execCommand = defineCommand({
	name: 'exec',
	summary: msg`run a program with keys in its environment`,
	examples: [
		msg`okx-keys exec grid -- python3 bot.py`,
		msg`okx-keys exec grid --flavour okx-cli -- okx account balance`,
		msg`okx-keys exec grid --fd OKX_ACCOUNT -- node bot.js       # a file in memory for the library ccxt`,
		msg`okx-keys exec grid hedge -- sh -c 'echo $GRID_OKX_API_KEY $HEDGE_OKX_API_KEY'`,
	],
	operand: atLeastOne('names'),
	passes: 'command',
	options,
	async run(session, {operand: names, options, passed}) {
		const {context, io} = session;
		const command = commandOf(passed);
		const handover = {
			flavour: flavourOf(options),
			files: listed(options.file),
			descriptors: listed(options.fd),
			isInput: options.stdin,
			format: formatOf(options),
			prefixes: options.prefixes.map(prefix => variableNamed(prefix, '--prefix')),
		};
		io.programs.refuseUnknown(command[0]);
		await unlock(session);
		const keys = keysForProgram(context, names);
		if (!options.allowWithdraw) await askToWithdraw(session, keys, command[0]);
		const given = await givenOf(context, keys, handover);
		const filter = options.mask ? filterFor(keys) : undefined;
		if (!options.noRecord) await noteUse(session, keys, 'exec', path.basename(command[0]));
		// In the sandbox the exchange runs in this process, and with it the vault that keeps its state.
		if (!context.sandbox) context.vault.lock();
		const isBeside = context.sandbox || filter !== undefined || isMoreThanVariables(given);
		return isBeside
			? runBeside(session, command, given, formats[handover.format].extension, filter)
			: {replaceBy: {words: command, environment: environmentWith(session, given.variables)}};
	},
});

function commandOf([program = '', ...rest]: readonly string[]): Program['words'] {
	if (program !== '') return [program, ...rest];
	throw new AppError('usage', {
		problem: t`The name of the command after -- is empty.`,
		hint: t`Is the variable that should hold it empty?`,
	});
}

function formatOf({format, file, fd, stdin}: Given): FormatName {
	if (format === undefined || file !== undefined || fd !== undefined || stdin) return format ?? 'ccxt';
	throw new AppError('usage', {
		problem: t`--format is the form of a file, and none is handed over.`,
		hint: t`Use it with --fd, --file or --stdin; --flavour chooses the names of variables.`,
	});
}

function listed(name: string | undefined): readonly string[] {
	return name === undefined ? [] : [name];
}

/** These are in memory as long as the program runs, and this process with them. */
function isMoreThanVariables({files, descriptors, input}: ProgramCredentials): boolean {
	return Object.keys({...files, ...descriptors}).length > 0 || input !== undefined;
}

function flavourOf({flavour, set, file, fd, stdin}: Given): Flavour {
	const variables = set.map(variableSet);
	const isAlone = variables.length > 0 || file !== undefined || fd !== undefined || stdin;
	if (flavour === 'custom' && !isAlone)
		throw new AppError('usage', {
			problem: t`The flavour custom sets only what --set names.`,
			hint: t`For example --set BOT_KEY={apiKey} --set BOT_SECRET={secretKey}.`,
		});
	const chosen: Flavour = flavours[flavour ?? (isAlone ? 'custom' : 'common')];
	return {...chosen, variables: {...chosen.variables, ...Object.fromEntries(variables)}};
}

async function askToWithdraw({io}: Session, keys: readonly StoredKey[], program: string): Promise<void> {
	for (const key of keys.filter(key => canWithdraw(key))) {
		const answer = await io.ask(
			t`${sanitize(key.name)} can withdraw funds. Give it to ${truncate(sanitize(program), 60)}? [y/N] `,
			{
				what: t`permission to give ${sanitize(key.name)}, which can withdraw funds, to a program`,
				instead: '--allow-withdraw',
			},
		);
		if (!/^y(es)?$/i.test(answer.trim())) throw new AppError('aborted');
	}
}

function filterFor(keys: readonly StoredKey[]) {
	const secrets = secretsOf(keys);
	return () => createSecretFilter(secrets);
}

function environmentWith({context, io}: Session, variables: ProgramCredentials['variables']): Program['environment'] {
	const all: Record<string, string | undefined> = {
		...io.programs.environment(),
		...variables,
		...(context.noSecrets && {OKX_KEYS_NO_SECRETS: '1'}),
	};
	return Object.fromEntries(Object.entries(all).filter(entry => hasValue(entry)));
}

async function runBeside(
	session: Session,
	command: Program['words'],
	given: ProgramCredentials,
	extension: string,
	filter: ReturnType<typeof filterFor> | undefined,
): Promise<Outcome> {
	const {programs, release} = session.io;
	const written: {readonly name: string; readonly file: ReturnType<typeof programs.writeTransient>}[] = [];
	try {
		for (const [name, content] of Object.entries(given.files))
			written.push({name, file: programs.writeTransient(content, extension)});
		await release();
		const named = Object.fromEntries([
			...written.map(({name, file}) => [name, file.path] as const),
			...Object.keys(given.descriptors).map((name, index) => [name, descriptorPath(index)] as const),
		]);
		return await programs.run(
			{words: command, environment: environmentWith(session, {...given.variables, ...named})},
			{filter, texts: {input: given.input, descriptors: Object.values(given.descriptors)}},
		);
	} finally {
		for (const {file} of written) file.remove();
	}
}
