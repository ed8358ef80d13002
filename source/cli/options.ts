import {keyTypes, permissions, type KeyType} from '../core/key/key.ts';
import {limits} from '../core/limits.ts';
import {splitIps} from '../core/ip/address.ts';
import {parsePermissions} from '../core/validate.ts';
import {flag, oneOf, parsed, text} from './option.ts';
import {msg} from '../language/translate.ts';

export const permissionOption = parsed(
	text('--perm <list>', msg`read, trade, withdraw, with commas; read is always on`, [...permissions, 'trade,withdraw']),
	parsePermissions,
);

export const ipOption = parsed(
	text('--ip <list>', msg`allow-list: up to ${limits.ipAddresses} addresses or networks, with commas`),
	splitIps,
);

export const descriptionOption = text('--description <text>', msg`what it is for; any length`);

export const typeOption = parsed(
	oneOf(
		'--type <type>',
		['own', 'third-party', ...keyTypes],
		msg`what it is for: own trading (own, or api) or a third-party app (third-party, or app)`,
	),
	(type): KeyType => (type === 'app' || type === 'third-party' ? 'app' : 'api'),
);

export const tagOption = parsed(text('--tag <list>', msg`words to find it by, with commas`), splitIps);

export const yesOption = flag('--yes', msg`answer the question with yes`);

export const agePassphraseFileOption = text(
	'--age-passphrase-file <file>',
	msg`read the passphrase of the age file from the first line of a file that only you can read`,
);
