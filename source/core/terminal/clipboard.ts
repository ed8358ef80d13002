/** How a text gets to the clipboard of the terminal in front of the user, on whatever machine that is. */
export type TerminalWay = 'osc52' | 'tmux' | 'screen';
/** A program that reaches the clipboard of the desktop of this machine. */
export type DesktopTool = 'wl-copy' | 'xclip' | 'xsel' | 'pbcopy';
export type ClipboardWay = TerminalWay | DesktopTool;

/** What the ways depend on. */
export type Surroundings = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly platform: string;
	/** Whether there is a controlling terminal. */
	readonly hasTerminal: boolean;
	readonly isInstalled: (program: string) => boolean;
};

export type Clipboard = {
	/** Those of here, the terminal's first; empty where no clipboard can be reached. */
	readonly ways: () => readonly ClipboardWay[];
	/** Returns the ways that took the text. Throws `no-clipboard`, or `not-copied` where none did. */
	readonly put: (text: string) => readonly ClipboardWay[];
	/** Overwrites what these ways took. Never throws, and may be called while the program ends. */
	readonly clear: (taken: readonly ClipboardWay[]) => void;
};

type Rule<Way> = {readonly way: Way; readonly holds: (around: Surroundings) => boolean};

/** Consoles without a clipboard of their own. */
const bare: ReadonlySet<string> = new Set(['', 'dumb', 'linux']);

/** The first that holds is the way. tmux answers on its socket, so it needs no controlling terminal. */
const ofTerminal: readonly Rule<TerminalWay>[] = [
	{way: 'tmux', holds: ({environment: {TMUX}}) => isSet(TMUX)},
	{way: 'screen', holds: ({environment: {STY}, hasTerminal}) => hasTerminal && isSet(STY)},
	{way: 'osc52', holds: ({environment: {TERM = ''}, hasTerminal}) => hasTerminal && !bare.has(TERM)},
];

const ofDesktop: readonly Rule<DesktopTool>[] = [
	{way: 'pbcopy', holds: ({platform}) => platform === 'darwin'},
	{way: 'wl-copy', holds: ({environment: {WAYLAND_DISPLAY}}) => isSet(WAYLAND_DISPLAY)},
	{way: 'xclip', holds: ({environment: {DISPLAY}}) => isSet(DISPLAY)},
	{way: 'xsel', holds: ({environment: {DISPLAY}}) => isSet(DISPLAY)},
];

/**
 * The way of the terminal, and beside it that of the desktop, because no terminal says whether it has taken a text.
 * Over SSH, the desktop of this machine is not the one in front of the user.
 */
export function clipboardWays(around: Surroundings): readonly ClipboardWay[] {
	const {SSH_CONNECTION, SSH_TTY} = around.environment;
	const isRemote = isSet(SSH_CONNECTION) || isSet(SSH_TTY);
	return [
		ofTerminal.find(({holds}) => holds(around)),
		isRemote ? undefined : ofDesktop.find(({way, holds}) => holds(around) && around.isInstalled(way)),
	].flatMap(rule => rule?.way ?? []);
}

export function isOfTerminal(way: ClipboardWay): way is TerminalWay {
	return ofTerminal.some(rule => rule.way === way);
}

function isSet(value: string | undefined): boolean {
	return value !== undefined && value !== '';
}
