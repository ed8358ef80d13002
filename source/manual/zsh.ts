import type {Candidates} from '../cli/candidates.ts';
import {commandsIn, type Manual, type ManualCommand, type ManualOption} from './manual.ts';
import {fill} from './script.ts';

/** The completion of zsh, for a file `_okx-keys` in its `fpath` or to be sourced. */
export function zshCompletion(manual: Manual): string {
	const commands = commandsIn(manual);
	return fill(script, {
		GLOBALS: manual.options.map(option => `\t${specOf(option)}`),
		COMMANDS: commands.flatMap(({names, summary}) =>
			names.map(name => `\t${quoted(`${name}:${summary.replaceAll(':', String.raw`\:`)}`)}`),
		),
		VALUED: manual.options
			.filter(({candidates}) => candidates !== undefined)
			.flatMap(({names}) => names)
			.join('|'),
		PASSING: commands
			.filter(({passes}) => passes)
			.flatMap(({names}) => names)
			.join('|'),
		CASES: commands.map(
			command => `\t${command.names.join('|')}) _arguments -s -S $globals ${argumentsOf(command)} ;;`,
		),
	});
}

function argumentsOf({options, candidates, laterCandidates}: ManualCommand): string {
	const operands = [`1: :${actionOf(candidates)}`, `*: :${actionOf(laterCandidates)}`];
	return [...options.map(option => specOf(option)), ...operands.map(operand => quoted(operand))].join(' ');
}

function specOf({names, label, summary, candidates}: ManualOption): string {
	const told = `[${summary.replaceAll(/[[\]\\]/g, String.raw`\$&`)}]`;
	const value =
		candidates === undefined ? '' : `:${(label ?? '').replaceAll(':', String.raw`\:`)}:${actionOf(candidates)}`;
	const joined = names.map(name => (candidates !== undefined && name.startsWith('--') ? `${name}=` : name));
	return joined.map(name => quoted(`*${name}${told}${value}`)).join(' ');
}

function actionOf(candidates: Candidates): string {
	switch (candidates) {
		case 'files':
			return '_files';
		case 'commands':
			return '_okx-keys-commands';
		case 'keys':
		case 'trash':
		case 'settings':
			return `_okx-keys-names ${candidates}`;
		default:
			return `(${candidates.map(word => word.replaceAll(':', String.raw`\:`)).join(' ')})`;
	}
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

const script = String.raw`#compdef okx-keys
# zsh completion for okx-keys that the program itself has written

typeset -ga _okx_keys_globals=(
@GLOBALS@
)

_okx-keys() {
	local curcontext=$curcontext
	local -a typed=("@{(@)words[1,CURRENT-1]}") globals=("@{_okx_keys_globals[@]}")
	local -i at=2
	while ((at < CURRENT)); do
		case $words[at] in
		@VALUED@) ((at += 2)) ;;
		-*) ((at++)) ;;
		*) break ;;
		esac
	done
	if ((at >= CURRENT)); then
		_arguments -s -S $globals '1: :_okx-keys-commands'
		return
	fi
	words=("@{(@)words[at,-1]}")
	((CURRENT -= at - 1))
	curcontext=@{curcontext%:*:*}:okx-keys-$words[1]:
	local -i end=$words[(i)--]
	if ((end < CURRENT)) && [[ $words[1] == (@PASSING@) ]]; then
		words=("@{(@)words[end+1,-1]}")
		((CURRENT -= end))
		_normal
		return
	fi
	case $words[1] in
@CASES@
	esac
}

_okx-keys-commands() {
	local -a commands=(
@COMMANDS@
	)
	_describe -t commands command commands
}

# The names of keys, where an agent has the vault open; the last argument says which, the others are for compadd.
_okx-keys-names() {
	local -a names leading
	local -i at
	for ((at = 2; at <= $#typed; at++)); do
		case $typed[at] in
		--) break ;;
		--sandbox) leading+=(--sandbox) ;;
		--vault) leading+=(--vault=@{@{(Q)typed[at+1]}/#\~\//$HOME/}) ;;
		--vault=*) leading+=(@{(Q)typed[at]}) ;;
		esac
	done
	names=("@{(@f)$(@{@{(Q)typed[1]}/#\~\//$HOME/} "@{leading[@]}" __complete $argv[-1] 2>/dev/null </dev/null)}")
	names=("@{(@)names:#}")
	[[ $typed[(r)--] == -- ]] || names=("@{(@)names:#-*}")
	compadd "@{(@)argv[1,-2]}" -a names
}

if [[ $funcstack[1] == _okx-keys ]]; then
	_okx-keys "$@"
else
	compdef _okx-keys okx-keys
fi
`;
