import {add} from './add.ts';
import {addSlotCommand} from './add-slot.ts';
import {agent} from './agent.ts';
import {backup} from './backup.ts';
import type {Command} from '../cli/command.ts';
import {check} from './check.ts';
import {create} from './create.ts';
import {edit} from './edit.ts';
import {exportKeysCommand} from './export.ts';
import {importCommand} from './import.ts';
import {init} from './init.ts';
import {list} from './list.ts';
import {passwd} from './passwd.ts';
import {rekeyCommand} from './rekey.ts';
import {remove} from './remove.ts';
import {removeSlotCommand} from './remove-slot.ts';
import {restore} from './restore.ts';
import {restoreKeyCommand} from './restore-key.ts';
import {revoke} from './revoke.ts';
import {sandbox} from './sandbox.ts';
import {show} from './show.ts';
import {slots} from './slots.ts';
import {test} from './test.ts';
import {verify} from './verify.ts';

/** Every command, in the order of help and README. A new one is a file and a word here. */
export const commandGroups: readonly {readonly title: string; readonly commands: readonly Command[]}[] = [
	{title: 'Start', commands: [init, sandbox]},
	{title: 'Keys', commands: [create, add, list, show, edit, revoke, remove, restoreKeyCommand]},
	{title: 'Test and watch', commands: [test, check]},
	{title: 'Move keys', commands: [exportKeysCommand, importCommand]},
	{
		title: 'Vault',
		commands: [passwd, rekeyCommand, slots, addSlotCommand, removeSlotCommand, backup, restore, verify, agent],
	},
];

export const commands: readonly Command[] = commandGroups.flatMap(({commands}) => commands);

/** The options that every command takes, and the full screen too. */
export const globalOptions = [
	{flags: '--vault <file>', summary: 'another vault; OKX_KEYS_VAULT does the same'},
	{
		flags: '--passphrase-file <file>',
		summary:
			'read the passphrase from the first line of a file that only you can read; OKX_KEYS_PASSPHRASE_FILE does the same',
	},
	{flags: '--passphrase-fd <number>', summary: 'read the passphrase from an open file descriptor'},
	{
		flags: '--key-file <file>',
		summary: 'open the vault with a key file, as from add-slot key-file; OKX_KEYS_KEY_FILE does the same',
	},
	{flags: '--sandbox', summary: 'use the exchange embedded in this program, with a vault of its own'},
	{
		flags: '--fault <name>',
		summary: 'have the sandbox rehearse a failure, such as 50113 or tls-expired; list shows all of them',
	},
	{flags: '--readonly', summary: 'change no key and no vault, here or on the exchange'},
	{flags: '--ascii', summary: 'draw and print signs in ASCII only; so it does by itself where the locale is not UTF-8'},
	{flags: '--no-color', summary: 'no colours; NO_COLOR does the same'},
	{flags: '--json', summary: 'print data as JSON'},
] as const;
