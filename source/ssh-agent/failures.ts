import {sanitize} from '../core/text/sanitize.ts';
import {truncate} from '../core/text/width.ts';
import {AppError} from '../core/errors.ts';
import {msg, t, type Translatable} from '../language/translate.ts';

/** No remedy names the passphrase: opening a vault asks for it next, and adding a slot has asked for it. */
function sshAgentFailure(problem: string, fix: string, cause?: unknown): AppError<'ssh-agent'> {
	return new AppError('ssh-agent', {problem, fix}, {cause});
}

const reasons: Readonly<Record<string, Translatable>> = {
	ENOENT: msg`there is nothing there`,
	ENOTDIR: msg`there is nothing there`,
	ECONNREFUSED: msg`nothing listens there`,
	EACCES: msg`permission denied`,
	EPERM: msg`permission denied`,
	EINVAL: msg`the path is too long for a socket`,
	ENAMETOOLONG: msg`the path is too long for a socket`,
};

export const sshFailures = {
	unreachable(socket: string, cause: unknown) {
		const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
		return sshAgentFailure(
			t`No ssh-agent can be reached at ${sanitize(socket)}: ${reasons[code]?.() ?? code}.`,
			t`Start one and load your key with ssh-add, or log in with ssh -A; a tmux or screen from an earlier login needs
				SSH_AUTH_SOCK set anew.`,
			cause,
		);
	},

	hungUp: (socket: string) =>
		sshAgentFailure(
			t`The ssh-agent at ${sanitize(socket)} hung up before it had answered.`,
			t`If it is forwarded from another machine, check whether an agent runs there.`,
		),

	silent: (socket: string, ms: number) =>
		sshAgentFailure(
			t`The ssh-agent at ${sanitize(socket)} did not answer within ${Math.round(ms / 100) / 10} s.`,
			t`If it asks on the machine where it runs whether the key may be used, say yes there, and try again.`,
		),

	nonsense: (socket: string) =>
		sshAgentFailure(
			t`What answers at ${sanitize(socket)} is not an ssh-agent, or a broken one.`,
			t`Set SSH_AUTH_SOCK to the socket of your ssh-agent.`,
		),

	noKeys: () =>
		sshAgentFailure(
			t`The ssh-agent has no keys, or it is locked.`,
			t`Load a key with ssh-add, unlock the agent with ssh-add -X, or log in with ssh -A to use your own machine’s.`,
		),

	noneFits: () =>
		sshAgentFailure(
			t`None of the keys in the ssh-agent can open a vault: only Ed25519 keys, and RSA keys of 2048 bits or more, can.`,
			t`Load such a key with ssh-add; ssh-keygen -t ed25519 makes one.`,
		),

	listRefused: () => sshAgentFailure(t`The ssh-agent does not say which keys it has.`, t`See what ssh-add -l says.`),

	refused: () =>
		sshAgentFailure(
			t`The ssh-agent refused to sign.`,
			t`If it asks whether the key may be used, say yes; if it cannot ask, it needs SSH_ASKPASS where it runs; ssh-add
				-l shows whether it still has the key.`,
		),

	otherAlgorithm: (given: string, asked: string) =>
		sshAgentFailure(
			t`The ssh-agent signed with ${truncate(sanitize(given), 40)}, and not with ${asked} as it was asked.`,
			t`Use an Ed25519 key, or the ssh-agent of OpenSSH.`,
		),

	wrongSignature: () =>
		sshAgentFailure(t`What the ssh-agent gave is not the signature of this key.`, t`Use the ssh-agent of OpenSSH.`),
};
