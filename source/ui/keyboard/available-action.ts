import type {Scope} from './keymap.ts';

/** Something that can be done now, or why it cannot; what the footer and help are made of. */
export type AvailableAction = {
	readonly scope: Scope;
	readonly action: string;
	readonly disabled?: string | undefined;
	/** What it does this time, where the keymap's own label can only be general. */
	readonly label?: string | undefined;
};
