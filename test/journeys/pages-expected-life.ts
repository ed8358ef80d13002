import type {Expected} from './pages.ts';
import {oldInTrash, strayFile} from './pages-setting.ts';

export const expectedOfLife: Readonly<Record<string, Expected>> = {
	'okx-keys thaw grid --yes': {before: 'retry okx-keys thaw grid --yes'},
	'okx-keys incident arb --since 24h --report leak.md': {
		before: 'okx-keys create arb --sub-account quantdesk01 --using main --perm trade --ip 127.0.0.1',
		typed: [['arb', 'arb\r']],
	},
	'okx-keys adopt': {status: 40, says: /telegrambot +unknown here/},
	'okx-keys adopt --import oldbots01/telegrambot --name telegram < credential.json': {
		before: strayFile,
		says: /telegram is stored in the vault/,
	},
	'okx-keys adopt --delete gridbots01/old': {
		before: oldInTrash,
		typed: [['Type its name', 'old\r']],
	},
	'okx-keys undo': {before: 'okx-keys edit grid --tag night', says: /Undone: tags of grid/},
	'okx-keys activity grid --since 7d': {says: /edited +grid/},
	'okx-keys activity --json | grep revealed': {before: 'okx-keys show grid --reveal', says: /"revealed"/},
};
