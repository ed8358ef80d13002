/** What a name is stored as: composed letters (NFC), and every kind of blank as a plain space. */
export function normalizeName(name: string): string {
	return foldBlanks(name).normalize('NFC');
}

/** A text with each blank that is no plain space, such as a no-break or ideographic one, as a plain space. */
export function foldBlanks(text: string): string {
	return text.replaceAll(/[\p{Zs}\u{2800}]/gu, ' ');
}

/** What cannot be seen by itself: variation selectors, joiners, fillers, controls. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u{FE0E}\u{FE0F}]/gu;

/**
 * What can be seen of a name, for comparing: compatibility forms (NFKC), blanks and invisible characters are folded.
 * Letters of different scripts that look alike are not: that takes tables which this program does not have.
 */
function seenIn(name: string): string {
	// Most names are such, and an import compares each with all others.
	if (/^[!-~]*$/.test(name)) return name;
	return foldBlanks(name.normalize('NFKC')).replaceAll(unseen, '').replaceAll(/ +/g, ' ').trim();
}

/** Tells of each other name whether it looks the same as this one, however the two are spelled. */
export function looksLike(name: string): (other: string) => boolean {
	const seen = seenIn(name);
	return other => other === name || seenIn(other) === seen;
}

/** Whether anything of a name can be seen: a letter, a digit or a sign, not only blanks and marks. */
export function isVisible(name: string): boolean {
	return /[\p{L}\p{N}\p{P}\p{S}]/u.test(seenIn(name));
}
