import {undoLast, undoneWords, type Undone} from '../actions/undo.ts';
import {defineCommand} from '../cli/command.ts';
import {jsonText} from '../cli/print.ts';
import {unlock} from '../cli/unlock.ts';
import {refuseReadonly} from '../actions/keys.ts';
import {msg} from '../language/translate.ts';

export const undoCommand = defineCommand({
	name: 'undo',
	summary: msg`undo the last change of keys in the vault, never on the exchange; run it again for the change before`,
	examples: [msg`okx-keys undo`],
	async run(session) {
		const {context, io} = session;
		refuseReadonly(context);
		await unlock(session);
		const undone = await undoLast(context);
		const {text, hint} = undoneWords(undone);
		if (io.json) io.out(jsonText(undoneJson(undone)));
		else io.out(text);
		if (!io.json && hint !== '') io.note(hint);
		return undone.refused.length > 0 ? 'busy' : 'ok';
	},
});

function undoneJson({keys, refused, live}: Undone) {
	return {
		undone: keys.map(({name, moved, changes}) => ({
			name,
			moved: moved ?? null,
			fields: changes.map(({field}) => field),
		})),
		refused: refused.map(({name}) => ({name})),
		live,
	};
}
