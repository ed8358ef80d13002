import type {ComponentType, ReactNode} from 'react';
import type {PropsOf, Route, ScreenName} from '../routes.ts';
import type {Place} from '../shell/stack.ts';
import {Activity, History} from './activity.tsx';
import {Adopt} from './adopt/adopt.tsx';
import {AdoptDeletion} from './adopt/deletion.tsx';
import {AdoptImport} from './adopt/import.tsx';
import {AdoptReview} from './adopt/review.tsx';
import {Addresses} from './bulk/addresses.tsx';
import {Removal} from './bulk/removal.tsx';
import {Freezing, Revocation, Thawing} from './bulk/statuses.tsx';
import {Tags} from './bulk/tags.tsx';
import {Confirm} from './confirm.tsx';
import {Copy} from './copy.tsx';
import {Create} from './create/create.tsx';
import {Replacement} from './create/replacement.tsx';
import {Created} from './created.tsx';
import {Edit} from './edit.tsx';
import {Health} from './health.tsx';
import {Help} from './help.tsx';
import {IncidentScreen} from './incident/incident.tsx';
import {KeyDetail} from './key.tsx';
import {Import} from './import/import.tsx';
import {Keys} from './keys.tsx';
import {Palette} from './palette.tsx';
import {Permissions} from './permissions.tsx';
import {RemedyReview} from './remedy.tsx';
import {Rotation} from './rotation.tsx';
import {KeyBindings} from './settings/key-bindings.tsx';
import {SettingsScreen} from './settings/settings.tsx';
import {Setup} from './setup.tsx';
import {Sites} from './sites.tsx';
import {Test} from './test.tsx';
import {TestAll} from './test-all.tsx';
import {crumb as unlockCrumb} from './unlock/question.ts';
import {Unlock} from './unlock/unlock.tsx';
import {msg, t, type Translatable} from '../../language/translate.ts';

type Screen<Properties> = {
	readonly component: ComponentType<Properties>;
	/** `name` is that of the key on the screen. */
	readonly title: (name: string) => string;
	/** In the rule above its pane, where that is another. */
	readonly paneTitle?: Translatable;
	/** Where it stands in a wide terminal; a page if not given. */
	readonly place?: Exclude<Place, 'page'>;
};

const screens: {readonly [Name in ScreenName]: Screen<PropsOf<Name>>} = {
	setup: {component: Setup, title: msg`New vault`},
	unlock: {component: Unlock, title: unlockCrumb},
	keys: {component: Keys, title: () => '', paneTitle: msg`Keys`, place: 'list'},
	key: {component: KeyDetail, title: name => name, place: 'key'},
	history: {component: History, title: name => t`History of ${name}`, place: 'work'},
	activity: {component: Activity, title: msg`Activity`},
	health: {component: Health, title: msg`Health`},
	adopt: {component: Adopt, title: msg`On the exchange`},
	adoptDelete: {component: AdoptDeletion, title: msg`Delete on the exchange`},
	adoptImport: {component: AdoptImport, title: msg`Import`},
	adoptReview: {component: AdoptReview, title: msg`Change`},
	settings: {component: SettingsScreen, title: msg`Settings`},
	keyBindings: {component: KeyBindings, title: msg`Keys`},
	create: {component: Create, title: msg`Create New Key`, place: 'work'},
	created: {component: Created, title: name => name, place: 'work'},
	copy: {component: Copy, title: name => t`Copy ${name}`, place: 'work'},
	edit: {component: Edit, title: name => t`Edit ${name}`, place: 'work'},
	permissions: {component: Permissions, title: name => t`Permissions of ${name}`, place: 'work'},
	replacement: {component: Replacement, title: name => t`Rotation of ${name}`, place: 'work'},
	rotation: {component: Rotation, title: name => t`Rotation of ${name}`, place: 'work'},
	test: {component: Test, title: name => t`Test ${name}`, place: 'work'},
	remedy: {component: RemedyReview, title: name => t`Change ${name}`, place: 'work'},
	sites: {component: Sites, title: name => t`Sites of ${name}`, place: 'work'},
	incident: {component: IncidentScreen, title: name => t`Incident of ${name}`, place: 'work'},
	testAll: {component: TestAll, title: msg`Test all`, place: 'list'},
	tags: {component: Tags, title: msg`Tags`, place: 'work'},
	addresses: {component: Addresses, title: msg`Addresses`, place: 'work'},
	removal: {component: Removal, title: msg`Remove`, place: 'work'},
	freezing: {component: Freezing, title: msg`Freeze`, place: 'work'},
	thawing: {component: Thawing, title: msg`Thaw`, place: 'work'},
	revocation: {component: Revocation, title: msg`Revoke`, place: 'work'},
	import: {component: Import, title: msg`Import`},
	palette: {component: Palette, title: msg`Actions`},
	confirm: {component: Confirm, title: () => '', place: 'modal'},
	help: {component: Help, title: msg`Help`},
};

export function screenOf({screen, ...properties}: Route): ReactNode {
	const Component = screens[screen].component as ComponentType<object>;
	return <Component {...properties} />;
}

export function titleOf({screen}: Route, keyName: string): string {
	return screens[screen].title(keyName);
}

export function paneTitleOf(route: Route, keyName: string): string {
	return screens[route.screen].paneTitle?.() ?? titleOf(route, keyName);
}

export function placeOf({screen}: Route): Place {
	return screens[screen].place ?? 'page';
}
