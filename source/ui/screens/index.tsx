import type {ComponentType, ReactNode} from 'react';
import type {PropsOf, Route, ScreenName} from '../routes.ts';
import {Confirm} from './confirm.tsx';
import {Create} from './create/create.tsx';
import {Created} from './created.tsx';
import {Edit} from './edit.tsx';
import {Health} from './health.tsx';
import {Help} from './help.tsx';
import {KeyDetail} from './key.tsx';
import {Keys} from './keys.tsx';
import {Palette} from './palette.tsx';
import {Permissions} from './permissions.tsx';
import {RemedyReview} from './remedy.tsx';
import {Setup} from './setup.tsx';
import {Sites} from './sites.tsx';
import {Test} from './test.tsx';
import {TestAll} from './test-all.tsx';
import {Unlock} from './unlock/unlock.tsx';

type Screen<Properties> = {
	readonly component: ComponentType<Properties>;
	/** A text, or a function of the name of the key on the screen. */
	readonly title: string | ((name: string) => string);
	/** Lies on the screen below, which stays visible. */
	readonly isModal?: true;
};

const screens: {readonly [Name in ScreenName]: Screen<PropsOf<Name>>} = {
	setup: {component: Setup, title: 'New vault'},
	unlock: {component: Unlock, title: 'Unlock'},
	keys: {component: Keys, title: ''},
	key: {component: KeyDetail, title: name => name},
	health: {component: Health, title: 'Health'},
	create: {component: Create, title: 'Create New Key'},
	created: {component: Created, title: name => name},
	edit: {component: Edit, title: name => `Edit ${name}`},
	permissions: {component: Permissions, title: name => `Permissions of ${name}`},
	test: {component: Test, title: name => `Test ${name}`},
	remedy: {component: RemedyReview, title: name => `Change ${name}`},
	sites: {component: Sites, title: name => `Sites of ${name}`},
	testAll: {component: TestAll, title: 'Test all'},
	palette: {component: Palette, title: 'Actions'},
	confirm: {component: Confirm, title: '', isModal: true},
	help: {component: Help, title: 'Help'},
};

export function screenOf({screen, ...properties}: Route): ReactNode {
	const Component = screens[screen].component as ComponentType<object>;
	return <Component {...properties} />;
}

export function titleOf({screen}: Route, keyName: string): string {
	const {title} = screens[screen];
	return typeof title === 'string' ? title : title(keyName);
}

export function isModal({screen}: Route): boolean {
	return screens[screen].isModal === true;
}
