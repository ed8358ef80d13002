import type {Candidates} from '../cli/candidates.ts';
import {commandsIn, type Manual, type ManualCommand} from './manual.ts';
import {fill} from './script.ts';

/** The completion of bash 4.4 or newer; the package bash-completion is used where it is there, and not needed. */
export function bashCompletion(manual: Manual): string {
	const commands = commandsIn(manual);
	const globals = manual.options.flatMap(({names}) => names);
	const kinds = [
		...manual.options.map(option => ({commands: ['*'], option})),
		...commands.flatMap(({names, options}) => options.map(option => ({commands: names, option}))),
	].flatMap(({commands, option: {names, candidates}}) =>
		candidates === undefined
			? []
			: [
					`${commands.flatMap(name => names.map(flag => `${name}:${flag}`)).join('|')}) ` +
						`kind='${kindOf(candidates)}' ;;`,
				],
	);
	return fill(script, {
		COMMANDS: commands.flatMap(({names}) => names).join(' '),
		GLOBALS: globals.join(' '),
		OPTIONS: lines(
			commands
				.filter(({options}) => options.length > 0)
				.map(({names, options}) => `${names.join('|')}) own='${options.flatMap(option => option.names).join(' ')}' ;;`),
		),
		KINDS: lines(kinds),
		OPERANDS: operandLines(commands, ({candidates}) => candidates),
		LATER: operandLines(commands, ({laterCandidates}) => laterCandidates),
		PASSING: commands
			.filter(({passes}) => passes)
			.flatMap(({names}) => names)
			.join('|'),
	});
}

function operandLines(
	commands: readonly ManualCommand[],
	candidatesOf: (command: ManualCommand) => Candidates,
): string[] {
	const completed = commands.filter(command => candidatesOf(command).length > 0);
	return lines(completed.map(command => `${command.names.join('|')}) kind='${kindOf(candidatesOf(command))}' ;;`));
}

function kindOf(candidates: Candidates): string {
	return typeof candidates === 'string' ? `@${candidates}` : candidates.join(' ');
}

function lines(cases: readonly string[]): string[] {
	return cases.map(line => `\t${line}`);
}

const script = String.raw`# bash completion for okx-keys that the program itself has written

_okx_keys() {
	local program command='' option='' kind='' lead='' word='' quote='' ended='' passing='' start=0 operands=0
	local -a typed=() globals=() found=()
	COMPREPLY=()
	_okx_keys_split "@{COMP_LINE:0:COMP_POINT}"
	program=@{typed[0]/#'~/'/"$HOME/"}
	_okx_keys_read
	if [[ $passing ]]; then
		_okx_keys_pass "$2"
		return
	elif [[ $option ]]; then
		_okx_keys_kind "$command" "$option"
	elif [[ ! $ended && $word == --*=* ]]; then
		lead=@{word%%=*}=
		_okx_keys_kind "$command" "@{lead%=}"
	elif [[ ! $ended && $word == -* ]]; then
		_okx_keys_options
	elif [[ ! $command ]]; then
		kind=@commands
	elif ((operands)); then
		_okx_keys_later_operands
	else
		_okx_keys_operands
	fi
	_okx_keys_find
	_okx_keys_reply
}

# Splits a line as bash does: the finished words are left in typed and the last one in word, both without their quotes.
# quote is the quote that is open, and start the length of what readline leaves as it is of the last word.
_okx_keys_split() {
	local line=$1 is_word='' at character next
	for ((at = 0; at < @{#line}; at++)); do
		character=@{line:at:1} next=@{line:at+1:1}
		if [[ $quote && $character == "$quote" ]]; then
			quote='' start=@{#word}
		elif [[ $quote == '"' && $character == '\' && $next == [\"\\\$\`] ]]; then
			word+=$next at=$((at + 1))
		elif [[ $quote ]]; then
			word+=$character
		elif [[ $character == [[:space:]] ]]; then
			[[ $is_word ]] && typed+=("$word")
			word='' start=0 is_word=''
		else
			is_word=1
			if [[ $character == [\'\"] ]]; then
				quote=$character start=@{#word}
			elif [[ $character == '\' ]]; then
				word+=$next at=$((at + 1))
			else
				word+=$character
				[[ $COMP_WORDBREAKS == *"$character"* ]] && start=@{#word}
			fi
		fi
	done
}

# Finds in the words before the last one: the command, the number of its operands, an option that waits for its value,
# and what leads to the vault.
_okx_keys_read() {
	local given
	for given in "@{typed[@]:1}"; do
		if [[ $option ]]; then
			[[ $option == --vault ]] && globals+=("--vault=@{given/#'~/'/"$HOME/"}")
			option=''
		elif [[ $ended || $given != -* ]]; then
			if [[ $command ]]; then ((++operands)); else command=$given; fi
		elif [[ $given == -- ]]; then
			case $command in @PASSING@) passing=1; return ;; esac
			ended=1
		elif [[ $given == --sandbox || $given == --vault=* ]]; then
			globals+=("$given")
		elif _okx_keys_kind "$command" "$given"; then
			option=$given kind=''
		fi
	done
}

# Sets the kind of value that an option takes; fails for an option without one.
_okx_keys_kind() {
	case $1:$2 in
@KINDS@
	*) return 1 ;;
	esac
}

_okx_keys_options() {
	local own=''
	case $command in
@OPTIONS@
	esac
	kind="$own @GLOBALS@"
}

_okx_keys_operands() {
	case $command in
@OPERANDS@
	esac
}

_okx_keys_later_operands() {
	case $command in
@LATER@
	esac
}

_okx_keys_find() {
	local name
	case $kind in
	@files) compopt -o bashdefault -o default ;;
	@commands) read -ra found <<<'@COMMANDS@' ;;
	@*)
		while IFS= read -r name; do
			[[ $name != -* || $ended || $lead ]] && found+=("$name")
		done < <("$program" "@{globals[@]}" __complete "@{kind#@}" </dev/null 2>/dev/null)
		;;
	*) read -ra found <<<"$kind" ;;
	esac
}

# Offers what begins with the last word, quoted as that word is.
_okx_keys_reply() {
	local one rest
	for one in "@{found[@]}"; do
		one=$lead$one
		[[ $one == "$word"* ]] || continue
		rest=@{one:start}
		case $quote in
		"'") rest=@{rest//\'/"'\''"} ;;
		'"') rest=@{rest//[\"\\\$\`]/'\'&} ;;
		*) [[ $rest ]] && printf -v rest %q "$rest" ;;
		esac
		# Readline closes a quote itself, but not after the same sign.
		[[ $quote && $rest == *"$quote" ]] && rest+=$quote
		COMPREPLY+=("$rest")
	done
}

# Completes the command line of another program.
_okx_keys_pass() {
	local at
	for ((at = 1; at < COMP_CWORD; at++)); do
		[[ @{COMP_WORDS[at]} == -- ]] && break
	done
	if declare -F _comp_command_offset >/dev/null; then
		_comp_command_offset $((at + 1))
	elif declare -F _command_offset >/dev/null; then
		_command_offset $((at + 1))
	elif ((COMP_CWORD == at + 1)); then
		while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -c -- "$1")
	else
		compopt -o bashdefault -o default
	fi
}

complete -F _okx_keys okx-keys
`;
