import type {Candidates} from '../cli/candidates.ts';
import {commandsIn, type Manual, type ManualOption} from './manual.ts';
import {fill} from './script.ts';

/** The completion of fish. */
export function fishCompletion(manual: Manual): string {
	const commands = commandsIn(manual);
	return fill(script, {
		VALUED: manual.options
			.filter(({candidates}) => candidates !== undefined)
			.flatMap(({names}) => names)
			.join(' '),
		TAKING: [manual, ...commands]
			.flatMap(({options}) => options)
			.filter(({candidates}) => candidates !== undefined)
			.flatMap(({names}) => names)
			.join(' '),
		PASSING: commands
			.filter(({passes}) => passes)
			.flatMap(({names}) => names)
			.join(' '),
		COMMANDS: commands.flatMap(({names, summary}) =>
			names.map(name => String.raw`complete -c okx-keys -n __okx_keys_needs_command -a ${name} -d ${quoted(summary)}`),
		),
		GLOBALS: manual.options.map(
			option => String.raw`complete -c okx-keys -n 'not __okx_keys_passes' ${optionWords(option)}`,
		),
		OPTIONS: commands.flatMap(({names, options, candidates, laterCandidates}) => {
			const here = `__okx_keys_is ${names.join(' ')}`;
			const operands =
				candidates === laterCandidates
					? [completion(here, candidates)]
					: [
							completion(`${here}; and not __okx_keys_has_operand`, candidates),
							completion(`${here}; and __okx_keys_has_operand`, laterCandidates),
						];
			return options.map(option => lineOf(here, optionWords(option))).concat(operands.flat());
		}),
	});
}

function lineOf(condition: string, words: string): string {
	return String.raw`complete -c okx-keys -n ${quoted(condition)} ${words}`;
}

/** None where nothing is known of the operand. */
function completion(condition: string, candidates: Candidates): string[] {
	return candidates.length === 0 ? [] : [lineOf(condition, valueWords(candidates))];
}

function optionWords({names, summary, candidates}: ManualOption): string {
	const flags = names.map(name => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
	const value = candidates === undefined ? [] : [candidates === 'files' ? '-r' : '-x'];
	return [...flags, ...value, ...(candidates?.length ? [valueWords(candidates)] : []), '-d', quoted(summary)].join(' ');
}

function valueWords(candidates: Candidates): string {
	if (candidates === 'files') return '-F';
	if (candidates === 'commands') return `-a '(__okx_keys_commands)'`;
	return `-a ${quoted(typeof candidates === 'string' ? `(__okx_keys_names ${candidates})` : candidates.join(' '))}`;
}

function quoted(text: string): string {
	return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}

const script = String.raw`# fish completion for okx-keys that the program itself has written

# Prints the command of the line; fails where there is none yet.
function __okx_keys_command
	set -l is_value 0
	for word in (commandline -opc)[2..]
		if test $is_value = 1
			set is_value 0
		else if contains -- $word @VALUED@
			set is_value 1
		else if not string match -q -- '-*' $word
			echo $word
			return 0
		end
	end
	return 1
end

function __okx_keys_needs_command
	not __okx_keys_command >/dev/null
end

function __okx_keys_is
	not __okx_keys_passes; and contains -- (__okx_keys_command) $argv
end

# True where the command of the line has an operand before the word that is completed.
function __okx_keys_has_operand
	set -l is_value 0
	set -l is_ended 0
	set -l operands 0
	for word in (commandline -opc)[2..]
		if test $is_value = 1
			set is_value 0
		else if test $is_ended = 0; and contains -- $word @TAKING@
			set is_value 1
		else if test $is_ended = 0; and string match -q -- '-*' $word
			test $word = --; and set is_ended 1
		else
			set operands (math $operands + 1)
		end
	end
	test $operands -gt 1
end

# True where the words belong to another program.
function __okx_keys_passes
	contains -- -- (commandline -opc); and contains -- (__okx_keys_command) @PASSING@
end

function __okx_keys_pass
	# The line is completed as if it began here, and fish runs a substitution where a command stands.
	string match -q -- '*(*' (commandline -ct); and return
	set -l words (commandline -opc)
	set -l after (math (contains -i -- -- $words) + 1)
	complete -C (string join ' ' -- (string escape -- $words[$after..]) (commandline -ct))
end

function __okx_keys_commands
	complete -C 'okx-keys '
end

# Prints the names of keys, where an agent has the vault open.
function __okx_keys_names
	set -l words (commandline -opc)
	set -l leading
	for at in (seq 2 (count $words))
		switch $words[$at]
			case --
				break
			case --sandbox '--vault=*'
				set -a leading $words[$at]
			case --vault
				set -a leading --vault=(string replace -r '^~/' "$HOME/" -- $words[(math $at + 1)])
		end
	end
	set -l names ($words[1] $leading __complete $argv[1] 2>/dev/null </dev/null)
	contains -- -- $words; or set names (string match -v -- '-*' $names)
	printf '%s\n' $names
end

complete -c okx-keys -f
complete -c okx-keys -n __okx_keys_passes -a '(__okx_keys_pass)'
@COMMANDS@
@GLOBALS@
@OPTIONS@
`;
