import {useSyncExternalStore} from 'react';
import type {Context} from '../../actions/context.ts';
import type {Settings} from '../../core/settings/settings.ts';
import {bindKeys} from '../keyboard/bindings.ts';
import {useShell} from './shell.ts';

/** The settings; the component is drawn again with every change of one. */
export function useSettings(): Settings {
	const {context} = useShell();
	return useSettingsOf(context);
}

export function useSettingsOf({settings}: Pick<Context, 'settings'>): Settings {
	useSyncExternalStore(
		listener => settings.subscribe(listener),
		() => settings.version(),
	);
	return settings;
}

/** Gives actions the keys of the settings, now and with every change, until the returned function is called. */
export function followKeys(settings: Settings): () => void {
	const bind = () => {
		bindKeys(settings.keys());
	};
	bind();
	const unsubscribe = settings.subscribe(bind);
	return () => {
		unsubscribe();
		bindKeys({});
	};
}
