import {settingNames} from '../../core/settings/table.ts';
import {sanitize} from '../../core/text/sanitize.ts';
import {truncate} from '../../core/text/width.ts';
import {msg, t} from '../../language/translate.ts';
import {ok, skipped, warn, type Check} from './check.ts';

export const settingsCheck: Check = {
	id: 'settings',
	title: msg`Settings`,
	run({context: {settings}}) {
		if (settings.path === undefined) return skipped(msg`There is no home folder to keep them in.`);
		const [first] = settings.problems();
		if (first)
			return warn(
				() => first.problem,
				() => first.fix,
			);
		const [unknown] = settings.unknown();
		if (unknown !== undefined)
			return warn(
				() => t`The file has ${truncate(sanitize(unknown), 40)}, which is no setting of this version; it is kept.`,
				msg`Correct its name, or leave it if a newer version has it.`,
			);
		const changed = settingNames.filter(name => settings.originOf(name).from === 'file').length;
		const keys = Object.keys(settings.keys()).length;
		return ok(() => t`Changed: ${changed} of ${settingNames.length} settings; actions with other keys: ${keys}.`);
	},
};
