import type {Settings} from '../../source/core/settings/settings.ts';
import type {SettingName, SettingValue} from '../../source/core/settings/table.ts';
import {settingsIn} from '../../source/system/settings/settings-in.ts';
import {keymapOfSettings} from '../../source/ui/keyboard/remapping/keymap-of-settings.ts';

/** Settings in a file, or defaults that nothing can change. */
export function settingsAt(path?: string): Settings {
	return settingsIn({path, owner: process.geteuid?.(), overrides: {}, keymap: keymapOfSettings});
}

/** The same settings but for one, which may have a value that no user could give. */
export function withSetting<Name extends SettingName>(
	settings: Settings,
	name: Name,
	value: SettingValue<Name>,
): Settings {
	const get = (one: SettingName) => (one === name ? value : settings.get(one));
	return {...settings, get};
}
