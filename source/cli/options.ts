import {keyTypes, permissions, type KeyType} from '../core/key/key.ts';
import {readExpiry} from '../core/key/expiry.ts';
import {refuse} from '../core/problem.ts';
import {limits} from '../core/limits.ts';
import {splitIps} from '../core/ip/address.ts';
import {parsePermissions, splitNotes} from '../core/validate.ts';
import {flag, oneOf, parsed, text} from './option.ts';
import {msg} from '../language/translate.ts';

export const permissionOption = parsed(
	text(
		'--perm <list>',
		msg`read, trade, withdraw, separated by commas; read is always
		on`,
		[...permissions, 'trade,withdraw'],
	),
	parsePermissions,
);

export const ipOption = parsed(
	text('--ip <list>', msg`allow-list: up to ${limits.ipAddresses} addresses or networks, separated by commas`),
	splitIps,
);

export const descriptionOption = text('--description <text>', msg`what the key is for, of any length`);

export const typeOption = parsed(
	oneOf(
		'--type <type>',
		['own', 'third-party', ...keyTypes],
		msg`own (or api) for your own trading, third-party (or app) for another company’s app`,
	),
	(type): KeyType => (type === 'app' || type === 'third-party' ? 'app' : 'api'),
);

export const tagOption = parsed(text('--tag <list>', msg`tags, separated by commas`), splitIps);

export const usedByOption = parsed(
	text('--used-by <list>', msg`who uses the key, such as "grid bot on vps1", separated by commas`),
	splitNotes,
);

export const expiresOption = text(
	'--expires <when>',
	msg`your expiry date for the key: 30d, a day such as 2027-01-31, or never; the exchange is not told`,
	['30d', '90d', 'never'],
);

/** Throws `invalid`. */
export function expiryGiven(given: string | undefined, now: number): number | null | undefined {
	if (given === undefined) return undefined;
	const {expiresAt, problem} = readExpiry(given, now);
	refuse(problem);
	return expiresAt;
}

export const yesOption = flag('--yes', msg`answer yes to the confirmation`);

export const agePassphraseFileOption = text(
	'--age-passphrase-file <file>',
	msg`read the passphrase of the age file from the first line of a file that only you can read`,
);
