import {splitIps} from './ip/address.ts';
import type {Problem} from './problem.ts';
import {limits} from './limits.ts';
import {AppError} from './errors.ts';
import {permissions, type Permission, type PermissionWord} from './key/key.ts';
import {orderPermissions} from './key/permission.ts';
import {foldBlanks, isVisible, normalizeName} from './text/name.ts';
import {sanitize, sanitizeLines, isPrintable} from './text/sanitize.ts';
import {graphemes, truncate} from './text/width.ts';
import {listed, t} from '../language/translate.ts';

/**
 * For a new key: required, at most 10 graphemes, nothing invisible; judged as stored. The vault checks that the name is
 * unique.
 */
export function nameProblem(name: string): Problem | undefined {
	return anyNameProblem(name, limits.nameLength, t`a new key may have`);
}

/** For adding, importing or renaming a key: as `nameProblem`, up to the exchange's longest name. */
export function existingNameProblem(name: string): Problem | undefined {
	return anyNameProblem(name, limits.existingNameLength, t`the exchange allows`);
}

function anyNameProblem(given: string, most: number, rule: string): Problem | undefined {
	const name = normalizeName(given);
	const length = graphemes(name).length;
	if (!isVisible(name))
		return {
			problem: name.trim() === '' ? t`A key needs a name.` : t`A name needs a character that can be seen.`,
			fix: t`Give it a name of 1 to ${most} characters.`,
		};
	if (/\p{M}{5}/u.test(name))
		return {problem: t`The name has more than four marks on one letter.`, fix: t`Write it with fewer.`};
	if (!isPrintable(name))
		return {
			problem: t`The name ${sanitize(name)} holds an invisible or control character.`,
			fix: t`Type it by hand instead of pasting it.`,
		};
	if (name !== name.trim())
		return {problem: t`The name “${name}” begins or ends with a space.`, fix: t`Remove the space.`};
	if (length > most)
		return {
			problem: t`The name ${truncate(name, most + 10)} has ${length} characters; ${rule} ${most}.`,
			fix: t`Choose a shorter one.`,
		};
	return undefined;
}

/** Allows any length and several lines, but nothing that controls a terminal. */
export function descriptionProblem(description: string): Problem | undefined {
	return sanitizeLines(description).join('\n') === foldBlanks(description)
		? undefined
		: {
				problem: t`The description holds an invisible or control character.`,
				fix: t`Type that part by hand instead of pasting it.`,
			};
}

/** The exchange's rule: 8–32 printable ASCII characters of four kinds, without a space (docs/okx-api.md §4.4, §1.4). */
export function passphraseProblem(passphrase: string): Problem | undefined {
	const {least, most} = limits.passphraseLength;
	const rule = t`Use ${least} to ${most} characters with a digit, an upper-case and a lower-case letter and a special
		character.`;
	if (!/^[\u{21}-\u{7E}]*$/u.test(passphrase))
		return {
			problem: t`The passphrase has a space or a character outside ASCII, which cannot be sent in a header.`,
			fix: rule,
		};
	if (passphrase.length < least || passphrase.length > most)
		return {
			problem:
				passphrase.length === 1
					? t`The passphrase has ${passphrase.length} character.`
					: t`The passphrase has ${passphrase.length} characters.`,
			fix: rule,
		};
	const kinds = [
		[/\d/, t`a digit`],
		[/[A-Z]/, t`an upper-case letter`],
		[/[a-z]/, t`a lower-case letter`],
		[/[^\dA-Za-z]/, t`a special character`],
	] as const;
	const missing = kinds.filter(([kind]) => !kind.test(passphrase)).map(([, words]) => words);
	return missing.length === 0 ? undefined : {problem: t`The passphrase lacks ${listed(missing)}.`, fix: rule};
}

/** The exchange's rule: 6–20 letters and digits (docs/okx-api.md §2.2). */
export function subAccountProblem(name: string): Problem | undefined {
	return /^[\dA-Za-z]{6,20}$/.test(name)
		? undefined
		: {problem: t`${sanitize(name)} is not the name of a sub-account.`, fix: t`It has 6 to 20 letters and digits.`};
}

export function tagsProblem(tags: readonly string[]): Problem | undefined {
	const wrong = tags.find(tag => !isPrintable(tag) || !/^\S{1,32}$/.test(tag));
	return wrong === undefined
		? undefined
		: {problem: t`${sanitize(wrong)} is not a tag.`, fix: t`A tag is one word of at most 32 characters.`};
}

/** Notes of who uses a key, separated by commas, each once. */
export function splitNotes(text: string): string[] {
	const notes = text.split(',').map(note => normalizeName(note).replaceAll(/ +/g, ' ').trim());
	return [...new Set(notes.filter(note => note !== ''))];
}

export function usedByProblem(notes: readonly string[]): Problem | undefined {
	const {notes: most, length} = limits.usedBy;
	const wrong = notes.find(note => !isPrintable(note) || graphemes(note).length > length || note.includes(','));
	if (wrong !== undefined)
		return {
			problem: t`“${truncate(sanitize(wrong), 40)}” is not a note of who uses the key.`,
			fix: t`A note is one line of at most ${length} characters, such as “grid bot on vps1”; commas separate notes.`,
		};
	if (notes.length > most)
		return {problem: t`These are ${notes.length} notes; at most ${most} are kept.`, fix: t`Leave some out.`};
	return undefined;
}

/** A key of a sub-account can never withdraw (code 59504). */
export function permissionsProblem(wanted: readonly PermissionWord[], kind: 'main' | 'sub'): Problem | undefined {
	if (kind === 'sub' && wanted.includes('withdraw'))
		return {
			problem: t`A key of a sub-account can never withdraw.`,
			fix: t`Leave withdraw out, or use the main account.`,
		};
	return undefined;
}

/** Reads a comma-separated list and adds `read`. Throws `invalid` for an unknown word. */
export function parsePermissions(text: string): Permission[] {
	const words = splitIps(text.toLowerCase()).map(word => (word === 'read_only' ? 'read' : word));
	const unknown = words.find(word => !permissions.includes(word as Permission));
	// `all` is rejected, because an old script must not enable a permission that the exchange adds later.
	if (unknown === 'all')
		throw new AppError('invalid', {
			problem: t`Permissions are named one by one, so that none is switched on unseen.`,
			fix: t`For every one of them: --perm ${permissions.join(',')}`,
		});
	if (unknown !== undefined)
		throw new AppError('invalid', {
			problem: t`${sanitize(unknown)} is not a permission.`,
			fix: t`Use ${permissions.join(', ')}.`,
		});
	return orderPermissions(words as Permission[]);
}
