import {namesFromAgent, settingWords} from '../actions/completion.ts';
import {defineCommand, oneWord} from '../cli/command.ts';

/** For the scripts of `completion` only: says nothing but names, and ends with 0 whatever happens. */
export const completeCommand = defineCommand({
	name: '__complete',
	summary: () => '',
	examples: [],
	isHidden: true,
	operand: oneWord('kind', ['keys', 'trash', 'settings']),
	async run({context, io}, {operand: kind}) {
		const names =
			kind === 'settings' ? settingWords(context.settings) : await namesFromAgent(context, kind).catch(() => []);
		if (names.length > 0) io.exact(names.join('\n'));
		return 'ok';
	},
});
