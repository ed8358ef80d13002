import {msg, type Translatable} from '../../language/translate.ts';

/** What is declared of a key, by its name in JSON, as it is called within a sentence. */
const fieldWords = {
	name: msg`name`,
	description: msg`description`,
	permissions: msg`permissions`,
	ip: msg`ip`,
	tags: msg`tags`,
	usedBy: msg`used by`,
	expiresAt: msg`expiry date`,
	status: msg`status`,
	type: msg`type`,
	environment: msg`environment`,
	site: msg`site`,
	label: msg`label`,
	account: msg`account`,
} as const satisfies Readonly<Record<string, Translatable>>;

export function isFieldWord(field: string): field is keyof typeof fieldWords {
	return Object.hasOwn(fieldWords, field);
}

export function fieldWord(field: keyof typeof fieldWords): string {
	return fieldWords[field]();
}
