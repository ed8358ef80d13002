import {AppError, isAppError} from '../../core/errors.ts';
import {isObject} from '../../core/is-object.ts';
import type {Problem} from '../../core/problem.ts';
import {
	keysPrefix,
	noSuchSetting,
	type KeyBindings,
	type Keymap,
	type Origin,
	type Overrides,
	type Settings,
} from '../../core/settings/settings.ts';
import {
	isSettingName,
	settingNames,
	settingOf,
	type SettingName,
	type SettingValue,
} from '../../core/settings/table.ts';
import type {Owner} from '../../files/permissions.ts';
import {t} from '../../language/translate.ts';
import {isKnownMember, readSettings, updateSettings, type Members} from './file.ts';

export type SettingsOptions = {
	/** Undefined where there is no folder to keep them in. */
	readonly path: string | undefined;
	/** Folders are made below this one only; anywhere without it. */
	readonly base?: string | undefined;
	readonly owner: Owner;
	readonly overrides: Overrides;
	readonly keymap: Keymap;
};

/** The content of a file, or why it is not used. */
type Source = {readonly members: Members; readonly refusal?: AppError<'settings-unusable'>};

/** Reads the file at once; never throws. */
export function settingsIn({path, base, owner, overrides, keymap}: SettingsOptions): Settings {
	const listeners = new Set<() => void>();
	let version = 0;
	let source = load();
	/** Of `source`, once it was asked for: every redraw asks, and a check compares all actions. */
	let checked: ReturnType<Keymap['check']> | undefined;

	function load(): Source {
		try {
			return {members: (path === undefined ? undefined : readSettings(path, owner)) ?? {}};
		} catch (error) {
			if (!isAppError(error, 'settings-unusable')) throw error;
			return {members: {}, refusal: error};
		}
	}

	function use(next: Source): void {
		source = next;
		checked = undefined;
		version++;
		for (const listener of listeners) listener();
	}

	/** The value in the file; undefined where it has none that is allowed. */
	function stored(name: SettingName): unknown {
		return Object.hasOwn(source.members, name) ? settingOf(name).kind.fromJson(source.members[name]) : undefined;
	}

	function checkedKeys(): ReturnType<Keymap['check']> {
		const bindings = bindingsIn(source.members);
		return (checked ??= Object.keys(bindings).length === 0 ? {used: {}, problems: []} : keymap.check(bindings));
	}

	return {
		path,
		keymap,
		get<Name extends SettingName>(name: Name) {
			// The table gives each name the kind of its values.
			return (overrides[name]?.value ?? stored(name) ?? settingOf(name).usual) as SettingValue<Name>;
		},
		originOf(name): Origin {
			const {from, by} = overrides[name] ?? {};
			if (from !== undefined) return {from, by: by!};
			return {from: stored(name) === undefined ? 'default' : 'file'};
		},
		keys: () => checkedKeys().used,
		problems() {
			if (source.refusal) return [asProblem(source.refusal)];
			return [...wrongValues(source.members), ...checkedKeys().problems];
		},
		unknown: () => Object.keys(source.members).filter(name => !isKnownMember(name)),
		async change(name, text) {
			const edit = editOf(name, text, keymap);
			if (path === undefined) throw new AppError('no-settings-folder');
			use({members: await updateSettings(path, {base, owner}, edit)});
		},
		reload() {
			use(load());
		},
		version: () => version,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
}

function asProblem({message, hint = ''}: AppError): Problem {
	return {problem: message, fix: hint};
}

function wrongValues(members: Members): Problem[] {
	const wrong = settingNames
		.filter(name => Object.hasOwn(members, name) && settingOf(name).kind.fromJson(members[name]) === undefined)
		.map(name => ({
			problem: t`The setting ${name} has a value that is not allowed, so its default is used.`,
			fix: t`It may be ${settingOf(name).kind.allowed()}.`,
		}));
	const {keys} = members;
	const isKeys = keys === undefined || (isObject(keys) && Object.values(keys).every(one => isTexts(one)));
	return isKeys ? wrong : [...wrong, wrongKeys()];
}

function wrongKeys(): Problem {
	return {
		problem: t`The setting keys has a value that is not allowed, so the usual keys are used.`,
		fix: t`Write it as {"key.test": ["t", "ctrl+t"]}.`,
	};
}

function isTexts(value: unknown): value is readonly string[] {
	return Array.isArray(value) && value.every(one => typeof one === 'string');
}

function bindingsIn({keys}: Members): KeyBindings {
	if (!isObject(keys)) return {};
	return Object.fromEntries(
		Object.entries(keys).filter((entry): entry is [string, readonly string[]] => isTexts(entry[1])),
	);
}

/** What a change does to the content of the file. Throws `no-such-setting` or `invalid`. */
function editOf(name: string, text: string | undefined, keymap: Keymap): (members: Members) => Members {
	if (name.startsWith(keysPrefix)) return editOfKeys(name.slice(keysPrefix.length), text, keymap);
	if (!isSettingName(name)) throw noSuchSetting(name, {keymap});
	const {kind} = settingOf(name);
	if (text === undefined) return members => without(members, name);
	const value = kind.parse(text.trim());
	if (value === undefined)
		throw new AppError('invalid', {
			problem: t`That is no value for ${name}; nothing was changed.`,
			fix: t`It may be ${kind.allowed()}.`,
		});
	return members => ({...members, [name]: kind.toJson(value)});
}

function editOfKeys(action: string, text: string | undefined, keymap: Keymap): (members: Members) => Members {
	if (!keymap.actions().some(one => one.name === action)) throw noSuchSetting(`${keysPrefix}${action}`, {keymap});
	return members => {
		const {keys: before = {}} = members;
		if (!isObject(before)) throw new AppError('invalid', wrongKeys());
		const others = without(before, action);
		if (text === undefined)
			return Object.keys(others).length === 0 ? without(members, 'keys') : {...members, keys: others};
		const words = text.split(/\s+/).filter(word => word !== '');
		const keys = {...others, [action]: [...new Set(words.map(word => keymap.keyNamed(word) ?? word))]};
		const problem = keymap.check(bindingsIn({keys})).problems.find(one => one.action === action);
		if (problem) throw new AppError('invalid', problem);
		return {...members, keys};
	};
}

function without(members: Members, name: string): Members {
	return Object.fromEntries(Object.entries(members).filter(([other]) => other !== name));
}
