import {exits, type Exit} from '../exit-status.ts';
import {isFieldWord, fieldWord} from '../key/field-words.ts';
import {isSlotType, slotWords} from '../slot-words.ts';
import {sanitize} from '../text/sanitize.ts';
import {formatMinute} from '../text/time.ts';
import {t} from '../../language/translate.ts';
import type {ActivityEdit, ActivityEntry} from './entry.ts';
import {activityKinds, isActivityKind} from './kinds.ts';

/** Names that a line has room for. */
const mostNames = 3;

/** What was done, such as `tested`; of a newer version, its name in the vault. */
export function whatWords({what}: Pick<ActivityEntry, 'what'>): string {
	return isActivityKind(what) ? activityKinds[what].label() : sanitize(what);
}

/** The keys that it was done with; empty for the vault itself. */
export function keysWords({keys = [], count = keys.length}: Pick<ActivityEntry, 'keys' | 'count'>): string {
	// The old and the new key of a rotation have one name.
	const names = [...new Set(keys.map(({name}) => sanitize(name)))];
	const shown = names.slice(0, mostNames).join(', ');
	if (names.length === 0) return count === 0 ? '' : t`${count} more`;
	const left = names.length - mostNames + count - keys.length;
	return names.length > mostNames || count > keys.length ? t`${shown} and ${left} more` : shown;
}

/** What else is known, such as `IP not allowed; 12 times since 2026-11-30 08:00`. */
export function detailWords({
	what,
	detail,
	edits = [],
	times = 1,
	since,
}: Omit<ActivityEntry, 'n' | 'at' | 'by'>): string {
	return [
		...edits.map(edit => editWords(edit)),
		...(detail === undefined ? [] : [ownWords(what, sanitize(detail))]),
		...(since === undefined ? [] : [t`${times} times since ${formatMinute(since)}`]),
	].join('; ');
}

function ownWords(what: string, detail: string): string {
	if (what === 'tested' && detail === 'ok') return t`ok`;
	if (what === 'tested') return Object.hasOwn(exits, detail) ? exits[detail as Exit].means() : detail;
	if (what === 'undone' && isActivityKind(detail)) return activityKinds[detail].label();
	if (what === 'frozen' && detail === 'read-only') return t`Read only on the exchange`;
	if (what === 'slot-added' || what === 'slot-removed') return slotDetail(detail);
	return what === 'unrecorded' || what === 'vault-restored' ? t`save ${detail}` : detail;
}

/** The type of the slot, and its label where it has one. */
function slotDetail(detail: string): string {
	const [type = '', ...label] = detail.split(': ');
	return isSlotType(type) ? [slotWords[type](), ...label].join(': ') : detail;
}

function editWords({field, from, to}: ActivityEdit): string {
	const name = isFieldWord(field) ? fieldWord(field) : sanitize(field);
	if (from === undefined || to === undefined) return name;
	return t`${name}: ${sanitize(from) || '-'} → ${sanitize(to) || '-'}`;
}

/** Such as `alice@server from 203.0.113.9`; `-` where nothing is known. */
export function whoWords({by: {user, host, client}}: Pick<ActivityEntry, 'by'>): string {
	const who = [user, host]
		.filter(part => part !== '')
		.map(part => sanitize(part))
		.join('@');
	if (client === undefined) return who || '-';
	return t`${who || '-'} from ${sanitize(client)}`;
}
