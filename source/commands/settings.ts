import {AppError} from '../core/errors.ts';
import {keysPrefix, noSuchSetting, originWords, type Origin, type Settings} from '../core/settings/settings.ts';
import {isSettingName, settingNames, settingOf, type SettingName} from '../core/settings/table.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {defineCommand, type Operand, type Session} from '../cli/command.ts';
import {flag} from '../cli/option.ts';
import {jsonText, table} from '../cli/print.ts';
import {msg, t} from '../language/translate.ts';

type Row = {
	readonly name: string;
	readonly value: string;
	readonly origin: Origin;
	readonly usual: string;
	readonly about: string;
	/** As JSON has them. */
	readonly json: {readonly value: unknown; readonly usual: unknown};
};

/** The words that some settings take. */
const settingChoices = [...new Set(settingNames.flatMap(name => settingOf(name).kind.choices ?? []))];

const operand: Operand<{readonly name: string | undefined; readonly value: string | undefined}> = {
	words: '[setting] [value...]',
	candidates: 'settings',
	laterCandidates: settingChoices,
	read: ([name, ...values]) => ({name, value: values.length === 0 ? undefined : values.join(' ')}),
};

export const settingsCommand = defineCommand({
	name: 'settings',
	summary: msg`list the settings, or show or change one; keys lists the keys of the full screen, and the setting
		keys.ACTION changes them`,
	examples: [
		msg`okx-keys settings`,
		msg`okx-keys settings lock-time 5m`,
		msg`okx-keys settings keys.key.test t ctrl+t     # both keys test a key`,
		msg`okx-keys settings lock-time --unset          # back to the default`,
	],
	isHarmless: true,
	operand,
	options: {unset: flag('--unset', msg`go back to the default`)},
	async run(session, {operand: {name, value}, options: {unset}}) {
		const {settings} = session.context;
		if (unset && (name === undefined || value !== undefined))
			throw new AppError('usage', {problem: t`--unset takes the name of one setting, and no value.`});
		if (name === undefined) printAll(session, [...rowsOfTable(settings), ...rowsOfChangedKeys(settings)]);
		else if (name === 'keys' && value === undefined && !unset) printAll(session, rowsOfKeys(settings));
		else if (value === undefined && !unset) printOne(session, rowOf(settings, name));
		else await change(session, name, unset ? undefined : value);
		return 'ok';
	},
});

async function change({context, io}: Session, name: string, value: string | undefined): Promise<void> {
	const {settings, readonly: isReadonly} = context;
	if (isReadonly) throw new AppError('readonly');
	await settings.change(name, value);
	const row = rowOf(settings, name);
	if (io.json) return printOne({context, io}, row);
	const {origin} = row;
	if (origin.from === 'option' || origin.from === 'environment')
		io.note(t`${name} is saved, but ${origin.by} comes before it.`);
	else io.note(t`${name} is now ${sanitize(row.value)}.`);
}

function printAll({context: {settings}, io}: Session, rows: readonly Row[]): void {
	if (io.json) {
		io.out(jsonText(rows.map(row => jsonOf(row))));
		return;
	}

	io.out(
		table(
			[t`SETTING`, t`VALUE`, t`FROM`, t`MEANS`],
			rows.map(({name, value, origin, about}) => [name, value, originWords(origin), about]),
			io.columns,
		),
	);
	for (const name of settings.unknown())
		io.note(t`The file also has ${sanitize(name.slice(0, 100))}, which is no setting of this version; it is kept.`);
	if (settings.path !== undefined) io.note(t`They are kept in ${sanitize(settings.path)}.`);
}

function printOne({io}: Session, row: Row): void {
	io.out(io.json ? jsonText(jsonOf(row)) : row.value);
}

function jsonOf({name, origin, json}: Row) {
	return {
		name,
		value: json.value,
		default: json.usual,
		from: origin.from,
		by: 'by' in origin ? origin.by : null,
	};
}

/** Throws `no-such-setting`. */
function rowOf(settings: Settings, name: string): Row {
	if (isSettingName(name)) return rowOfTable(settings, name);
	const row = name.startsWith(keysPrefix) ? rowsOfKeys(settings).find(one => one.name === name) : undefined;
	if (!row) throw noSuchSetting(name, settings);
	return row;
}

function rowsOfTable(settings: Settings): Row[] {
	return settingNames.map(name => rowOfTable(settings, name));
}

function rowOfTable(settings: Settings, name: SettingName): Row {
	const {kind, usual, about} = settingOf(name);
	const value: unknown = settings.get(name);
	return {
		name,
		value: kind.format(value),
		origin: settings.originOf(name),
		usual: kind.format(usual),
		about: about(),
		json: {value: kind.toJson(value), usual: kind.toJson(usual)},
	};
}

function rowsOfKeys(settings: Settings): Row[] {
	const changed = settings.keys();
	return settings.keymap.actions().map(({name, scope, about, usual}) => {
		const keys = Object.hasOwn(changed, name) ? changed[name]! : usual;
		return {
			name: `${keysPrefix}${name}`,
			value: keys.join(' '),
			origin: {from: keys === usual ? 'default' : 'file'},
			usual: usual.join(' '),
			about: `${scope}: ${about}`,
			json: {value: keys, usual},
		};
	});
}

function rowsOfChangedKeys(settings: Settings): Row[] {
	return rowsOfKeys(settings).filter(({origin}) => origin.from === 'file');
}
