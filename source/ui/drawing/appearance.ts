import {usesAscii, type Settings} from '../../core/settings/settings.ts';
import type {Appearance} from './theme.ts';

/** The appearance that the settings ask for; `usual` is what the terminal shows. */
export function appearanceOf(settings: Settings, usual: Appearance): Appearance {
	return {...usual, ascii: usesAscii(settings, !usual.ascii), color: usual.color && settings.get('colors') !== 'never'};
}
