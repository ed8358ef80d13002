import {seeHelp, suggestedCommand} from '../invocation.ts';
import type {Failures} from './failure.ts';
import {t} from '../../language/translate.ts';

export const commandLineFailures = {
	usage: ({problem, hint}: {problem: string; hint?: string}) => ({
		exit: 'usage',
		sentence: problem,
		hint: hint ?? seeHelp(),
	}),
	invalid: ({problem, fix}: {problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: problem,
		hint: fix,
	}),
	aborted: () => ({
		exit: 'aborted',
		sentence: t`Stopped; nothing was changed.`,
	}),
	readonly: () => ({
		exit: 'usage',
		sentence: t`Nothing is changed under --readonly.`,
		hint: t`Run it again without --readonly.`,
	}),
	'no-secrets': () => ({
		exit: 'usage',
		sentence: t`No secret is shown here: --no-secrets, or the variable OKX_KEYS_NO_SECRETS, forbids it.`,
		hint: t`${suggestedCommand('exec', 'NAME', '--', 'COMMAND')} gives a key to a program without showing it.`,
	}),
	'full-screen-no-tty': () => ({
		exit: 'noTerminal',
		sentence: t`The full screen needs a terminal, and there is none.`,
		hint: t`Run a command instead, such as ${suggestedCommand('list')}. ${seeHelp()}`,
	}),
	'full-screen-dumb': () => ({
		exit: 'noTerminal',
		sentence: t`The full screen cannot be drawn on this terminal: TERM is dumb.`,
		hint: t`Set TERM to what the terminal is, such as xterm-256color, give --screen-reader to have lines instead, or
			run a command, such as ${suggestedCommand('list')}.`,
	}),
	'no-tty': ({what, instead}: {what: string; instead?: string | undefined}) => ({
		exit: 'noTerminal',
		sentence: t`There is no terminal to ask for ${what}.`,
		hint: t`Give ${instead ?? t`--passphrase-file or --passphrase-fd, and --yes where a question is asked`}.`,
	}),
	'unsafe-process': ({reason, fix}: {reason: string; fix: string}) => ({
		exit: 'usage',
		sentence: t`${reason}, so okx-keys does not start.`,
		hint: fix,
	}),
	'output-incomplete': ({reason}: {reason: string}) => ({
		exit: 'unexpected',
		sentence: t`The output could not be written completely (${reason}); discard what was received.`,
		hint: t`Check the program or file that it goes to, then run it again.`,
	}),
	'output-failed': ({what, reason, fix}: {what: string; reason: string; fix: string}) => ({
		exit: 'unexpected',
		sentence: t`${what} could not be written to standard output (${reason}), so it was not seen.`,
		hint: fix,
	}),
	'no-clipboard': () => ({
		exit: 'noTerminal',
		sentence: t`Nothing was copied: no clipboard can be reached from here.`,
		hint: t`Run it in a terminal that knows OSC 52, or in tmux. ${suggestedCommand('doctor')} says what was found.`,
	}),
	'not-copied': ({reason}: {reason: string}) => ({
		exit: 'unexpected',
		sentence: t`Nothing was copied: ${reason}.`,
		hint: t`${suggestedCommand('doctor')} says how a text gets from here to a clipboard.`,
	}),
	'nothing-to-copy': ({problem, fix}: {problem: string; fix: string}) => ({
		exit: 'usage',
		sentence: problem,
		hint: fix,
	}),
	'port-in-use': ({port}: {port: number}) => ({
		exit: 'usage',
		sentence: t`Port ${port} is taken by another program.`,
		hint: t`Choose another with --port, or 0 for any free one.`,
	}),
	'sandbox-only': ({what}: {what: string}) => ({
		exit: 'usage',
		sentence: t`${what} exists only in the sandbox.`,
		hint: t`Run it with --sandbox.`,
	}),
	'no-such-program': ({program}: {program: string}) => ({
		exit: 'noProgram',
		sentence: t`There is no program ${program}.`,
		hint: program.includes('/') ? t`Check its path.` : t`Check its name, and whether its folder is in PATH.`,
	}),
	'not-executable': ({program, reason}: {program: string; reason: string}) => ({
		exit: 'notExecutable',
		sentence: t`${program} cannot be run: ${reason}.`,
		hint: t`Name the file of a program that you may run.`,
	}),
	'no-runtime-folder': () => ({
		exit: 'unexpected',
		sentence: t`There is no folder in memory that only you can use, and secrets are never written to a disk.`,
		hint: t`Set XDG_RUNTIME_DIR to one, as systemd does for a login.`,
	}),
} satisfies Failures;
