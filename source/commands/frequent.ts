import type {Command} from '../cli/command.ts';
import {checkCommand} from './check.ts';
import {copyCommand} from './copy.ts';
import {execCommand} from './exec.ts';
import {listCommand} from './list.ts';
import {showCommand} from './show.ts';
import {testCommand} from './test.ts';

/** The commands that are run most, by name: where one is asked for, the others need not be loaded. */
export const frequent: Readonly<Record<string, () => Command>> = {
	list: () => listCommand,
	show: () => showCommand,
	exec: () => execCommand,
	copy: () => copyCommand,
	test: () => testCommand,
	check: () => checkCommand,
};
