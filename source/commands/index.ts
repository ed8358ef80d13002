import {activityCommand} from './activity.ts';
import {addCommand} from './add.ts';
import {addSlotCommand} from './add-slot.ts';
import {adoptCommand} from './adopt.ts';
import {agentCommand} from './agent.ts';
import {backupCommand} from './backup.ts';
import type {Command} from '../cli/command.ts';
import type {CommandGroup} from '../manual/manual.ts';
import {checkCommand} from './check.ts';
import {completeCommand} from './complete.ts';
import {completionCommand} from './completion.ts';
import {copyCommand} from './copy.ts';
import {createCommand} from './create.ts';
import {doctorCommand} from './doctor.ts';
import {editCommand} from './edit.ts';
import {execCommand} from './exec.ts';
import {exportCommand} from './export.ts';
import {freezeCommand} from './freeze.ts';
import {importCommand} from './import.ts';
import {incidentCommand} from './incident.ts';
import {initCommand} from './init.ts';
import {listCommand} from './list.ts';
import {manCommand} from './man.ts';
import {passwdCommand} from './passwd.ts';
import {profilesCommand} from './profiles.ts';
import {rekeyCommand} from './rekey.ts';
import {removeCommand} from './remove.ts';
import {removeSlotCommand} from './remove-slot.ts';
import {restoreCommand} from './restore.ts';
import {restoreKeyCommand} from './restore-key.ts';
import {revokeCommand} from './revoke.ts';
import {rotateCommand} from './rotate.ts';
import {sandboxCommand} from './sandbox.ts';
import {scanCommand} from './scan.ts';
import {settingsCommand} from './settings.ts';
import {showCommand} from './show.ts';
import {slotsCommand} from './slots.ts';
import {testCommand} from './test.ts';
import {thawCommand} from './thaw.ts';
import {undoCommand} from './undo.ts';
import {verifyCommand} from './verify.ts';
import {msg} from '../language/translate.ts';

/** Every command, in the order of the help and the README. */
export const commandGroups: readonly CommandGroup[] = [
	{title: msg`Start`, commands: [initCommand, sandboxCommand]},
	{
		title: msg`Keys`,
		commands: [
			createCommand,
			addCommand,
			listCommand,
			showCommand,
			editCommand,
			rotateCommand,
			freezeCommand,
			thawCommand,
			revokeCommand,
			incidentCommand,
			removeCommand,
			restoreKeyCommand,
			undoCommand,
			adoptCommand,
		],
	},
	{title: msg`Test and watch`, commands: [testCommand, checkCommand, scanCommand, activityCommand, doctorCommand]},
	{title: msg`Give to programs`, commands: [execCommand, copyCommand, profilesCommand]},
	{title: msg`Move keys`, commands: [exportCommand, importCommand]},
	{
		title: msg`Vault`,
		commands: [
			passwdCommand,
			rekeyCommand,
			slotsCommand,
			addSlotCommand,
			removeSlotCommand,
			backupCommand,
			restoreCommand,
			verifyCommand,
			agentCommand,
		],
	},
	{title: msg`Program`, commands: [settingsCommand]},
	{title: msg`Help`, commands: [completionCommand(() => commandGroups), manCommand(() => commandGroups)]},
];

export const commands: readonly Command[] = commandGroups.flatMap(({commands}) => commands);

/** Commands for the program's own scripts, which no help names. */
export const hiddenCommands: readonly Command[] = [completeCommand];
