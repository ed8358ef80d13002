import type {ComponentType, ReactNode} from 'react';
import type {PropsOf, Route, ScreenName} from '../routes.ts';
import {Confirm} from './confirm.tsx';
import {Copy} from './copy.tsx';
import {Create} from './create/create.tsx';
import {Created} from './created.tsx';
import {Edit} from './edit.tsx';
import {Health} from './health.tsx';
import {Help} from './help.tsx';
import {KeyDetail} from './key.tsx';
import {Import} from './import/import.tsx';
import {Keys} from './keys.tsx';
import {Palette} from './palette.tsx';
import {Permissions} from './permissions.tsx';
import {RemedyReview} from './remedy.tsx';
import {KeyBindings} from './settings/key-bindings.tsx';
import {SettingsScreen} from './settings/settings.tsx';
import {Setup} from './setup.tsx';
import {Sites} from './sites.tsx';
import {Test} from './test.tsx';
import {TestAll} from './test-all.tsx';
import {Unlock} from './unlock/unlock.tsx';
import {msg, t} from '../../language/translate.ts';

type Screen<Properties> = {
	readonly component: ComponentType<Properties>;
	/** `name` is that of the key on the screen. */
	readonly title: (name: string) => string;
	/** Lies on the screen below, which stays visible. */
	readonly isModal?: true;
};

const screens: {readonly [Name in ScreenName]: Screen<PropsOf<Name>>} = {
	setup: {component: Setup, title: msg`New vault`},
	unlock: {component: Unlock, title: msg`Unlock`},
	keys: {component: Keys, title: () => ''},
	key: {component: KeyDetail, title: name => name},
	health: {component: Health, title: msg`Health`},
	settings: {component: SettingsScreen, title: msg`Settings`},
	keyBindings: {component: KeyBindings, title: msg`Keys`},
	create: {component: Create, title: msg`Create New Key`},
	created: {component: Created, title: name => name},
	copy: {component: Copy, title: name => t`Copy ${name}`},
	edit: {component: Edit, title: name => t`Edit ${name}`},
	permissions: {component: Permissions, title: name => t`Permissions of ${name}`},
	test: {component: Test, title: name => t`Test ${name}`},
	remedy: {component: RemedyReview, title: name => t`Change ${name}`},
	sites: {component: Sites, title: name => t`Sites of ${name}`},
	testAll: {component: TestAll, title: msg`Test all`},
	import: {component: Import, title: msg`Import`},
	palette: {component: Palette, title: msg`Actions`},
	confirm: {component: Confirm, title: () => '', isModal: true},
	help: {component: Help, title: msg`Help`},
};

export function screenOf({screen, ...properties}: Route): ReactNode {
	const Component = screens[screen].component as ComponentType<object>;
	return <Component {...properties} />;
}

export function titleOf({screen}: Route, keyName: string): string {
	return screens[screen].title(keyName);
}

export function isModal({screen}: Route): boolean {
	return screens[screen].isModal === true;
}
