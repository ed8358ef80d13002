import {keyTypes, type KeyType} from '../core/key.ts';
import {limits} from '../core/limits.ts';
import {textOption, type CommandOption, type ParsedArguments} from './command.ts';

export const permissionOption: CommandOption = {
	flags: '--perm <list>',
	summary: 'read, trade, withdraw, with commas; read is always on',
};
export const ipOption: CommandOption = {
	flags: '--ip <list>',
	summary: `allow-list: up to ${limits.ipAddresses} addresses or networks, with commas`,
};
export const descriptionOption: CommandOption = {flags: '--description <text>', summary: 'what it is for; any length'};
export const typeOption: CommandOption = {
	flags: '--type <type>',
	summary: 'what it is for: own trading (own, or api) or a third-party app (third-party, or app)',
	choices: ['own', 'third-party', ...keyTypes],
};
export const tagOption: CommandOption = {flags: '--tag <list>', summary: 'words to find it by, with commas'};
export const yesOption: CommandOption = {flags: '--yes', summary: 'answer the question with yes'};
export const agePassphraseFileOption: CommandOption = {
	flags: '--age-passphrase-file <file>',
	summary: 'read the passphrase of the age file from the first line of a file that only you can read',
};

/** The type of key that `--type` names; undefined without it. */
export function givenType(words: ParsedArguments): KeyType | undefined {
	const type = textOption(words, 'type');
	if (type === undefined) return undefined;
	return type === 'app' || type === 'third-party' ? 'app' : 'api';
}
