/** Composes letters (NFC) and turns every kind of blank into a plain space, as the vault stores names. */
export function normalizeName(name: string): string {
	return foldBlanks(name).normalize('NFC');
}

export function foldBlanks(text: string): string {
	return text.replaceAll(/[\p{Zs}\u{2800}]/gu, ' ');
}

/** A text copied from elsewhere without invisible characters, with plain blanks and line breaks. */
export function withoutUnseen(text: string): string {
	return foldBlanks(text)
		.replaceAll(/[\v\f\u{85}\p{Zl}\p{Zp}]/gu, '\n')
		.replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '');
}

/**
 * The visible form of a name, for comparing: folds compatibility forms (NFKC), blanks and invisible characters.
 * Look-alike letters of different scripts stay different, because that would need large tables.
 */
export function seenName(name: string): string {
	// A fast path for most names: an import compares each name with all others.
	if (/^[!-~]*$/.test(name)) return name;
	return foldBlanks(name.normalize('NFKC'))
		.replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u{FE0E}\u{FE0F}]/gu, '')
		.replaceAll(/ +/g, ' ')
		.trim();
}

/** The result tells whether another name looks the same as `name`, however it is spelled. */
export function looksLike(name: string): (other: string) => boolean {
	const seen = seenName(name);
	return other => other === name || seenName(other) === seen;
}

/** True if a name contains a letter, digit or sign, and not only blanks and marks. */
export function isVisible(name: string): boolean {
	return /[\p{L}\p{N}\p{P}\p{S}]/u.test(seenName(name));
}
