import type {ComponentProps, ComponentType, ReactNode} from 'react';
import type {Context} from '../../actions/context.ts';
import type {Danger} from '../app/confirmations.ts';
import type {Scope} from '../keyboard/keymap.ts';
import type {Offer} from '../keyboard/key-layers.tsx';
import type {FirstTry} from './unlock/auto-unlock.ts';
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
import {Remedy} from './remedy.tsx';
import {Setup} from './setup.tsx';
import {Sites} from './sites.tsx';
import {Test} from './test.tsx';
import {TestAll} from './test-all.tsx';
import {Unlock} from './unlock/unlock.tsx';

type Screen = {
	readonly component: ComponentType<never>;
	/** For the breadcrumb: words, or made from the name of the key the screen is about. */
	readonly title: string | ((name: string) => string);
	/** Lies on top of the screen below, which stays visible. */
	readonly modal?: true;
};

/** Every screen there is; a new one is a file and a line here. */
export const screens = {
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
	remedy: {component: Remedy, title: name => `Change ${name}`},
	sites: {component: Sites, title: name => `Sites of ${name}`},
	testAll: {component: TestAll, title: 'Test all'},
	palette: {component: Palette, title: 'Actions'},
	confirm: {component: Confirm, title: '', modal: true},
	help: {component: Help, title: 'Help'},
} satisfies Readonly<Record<string, Screen>>;

type Screens = typeof screens;

/** Where the person is: a screen's name with that screen's own properties. */
export type Route = {
	[Name in keyof Screens]: {readonly screen: Name} & ComponentProps<Screens[Name]['component']>;
}[keyof Screens];

function screenNamed(name: keyof Screens): Screen {
	return screens[name];
}

/** The screen of a route. */
export function screenOf({screen, ...properties}: Route): ReactNode {
	const Component = screenNamed(screen).component as ComponentType<object>;
	return <Component {...properties} />;
}

export function titleOf({screen}: Route, keyName: string): string {
	const {title} = screenNamed(screen);
	return typeof title === 'string' ? title : title(keyName);
}

export function isModal({screen}: Route): boolean {
	return screenNamed(screen).modal === true;
}

/**
 * Where a person comes in: the keys, or what stands before them; `first` is tried before anybody is asked. Reads the
 * disk.
 */
export function entrance({vault}: Context, first?: FirstTry): Route {
	if (vault.isOpen()) return {screen: 'keys'};
	// Nobody is to make a new vault who could have the old one back.
	return vault.exists() || vault.earlier().length > 0 ? {screen: 'unlock', first} : {screen: 'setup'};
}

/**
 * What stands before the keys once the vault has been open, also when its file has gone meanwhile: then that is what
 * is told.
 */
export const locked: Route = {screen: 'unlock'};

export function confirmOf(danger: Danger): Route {
	return {screen: 'confirm', danger};
}

export function helpOn(scopes: readonly Scope[]): Route {
	return {screen: 'help', scopes};
}

export function paletteOf(offers: readonly Offer[]): Route {
	return {screen: 'palette', offers};
}
