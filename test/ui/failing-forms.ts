import {AppError} from '../../source/core/errors.ts';
import {wireError} from '../helpers/fakes.ts';
import {storedKey} from '../helpers/keys.ts';
import {worldPassphrase, type world} from '../helpers/world.ts';

const secretKey = '9F86D081884C7D659A2FEAA0C55AD015';
const apiKey = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';

type Wanted = Parameters<typeof world>[0];

const unreachable = wireError({kind: 'refused'});
const busy = new AppError('vault-busy', {path: '/vault.json'});

export type FailingForm = {
	readonly name: string;
	readonly world?: Wanted;
	/** From the first screen to a filled form. */
	readonly fill: readonly string[];
	/** What the form shows when it is filled. */
	readonly shows?: string;
	/** What fails from then on. */
	readonly exchange?: Error;
	readonly vault?: Error;
	readonly submit: readonly string[];
	/** What it shows before the keys that submit it again. */
	readonly until?: string;
	readonly again?: readonly string[];
	readonly says: string;
	/** From there back to the form. */
	readonly back?: readonly string[];
};

const bot: Wanted = {sandbox: false, keys: [storedKey({environment: 'demo'})]};
const sandboxWizard = ['n', 'grid', 'Tab', 'a bot', 'PgDn', 'PgDn', 'PgDn', '10.0.0.1'];
const page = ['n', 'grid', 'PgDn', 'PgDn', 'PgDn', 'PgDn', 'y'];
/** A live key that a main-account key of the vault can revoke. */
const managed: Wanted = {
	sandbox: false,
	keys: [
		storedKey({id: 'manager', name: 'manager', permissions: ['read', 'trade'], ip: ['203.0.113.7']}),
		storedKey({
			id: 'sub',
			name: 'asub',
			account: {kind: 'sub', subAccount: 'quantdesk01'},
			credential: {...storedKey().credential, apiKey},
		}),
	],
};
const edited = ['e', 'x', 'Tab', 'a bot', 'Tab', '203.0.113.9', 'Tab', 'night'];

/** Every form, and each way in which it can fail. */
export const failingForms: readonly FailingForm[] = [
	{
		name: 'a wizard whose name is taken',
		fill: ['n', 'main', 'Tab', 'a bot'],
		submit: ['PgDn'],
		says: 'is already in this vault',
	},
	{
		name: 'a wizard whose name is too long',
		fill: ['n', 'elevenchars', 'Tab', 'a bot'],
		submit: ['PgDn'],
		says: 'has 11 characters',
	},
	{name: 'a wizard without a name', fill: ['n', 'Tab', 'a bot'], submit: ['PgDn'], says: 'needs a name'},
	{
		name: 'a wizard with a wrong address',
		fill: [...sandboxWizard, ', nowhere'],
		submit: ['PgDn'],
		says: 'nowhere is not an IP address',
	},
	{
		name: 'a wizard with a weak passphrase',
		fill: [...sandboxWizard, 'Tab', 'Down', 'Tab', 'short', 'Tab', 'short'],
		submit: ['PgDn'],
		says: 'has 5 characters',
	},
	{
		name: 'a wizard with two passphrases',
		fill: [...sandboxWizard, 'Tab', 'Down', 'Tab', 'Correct-Horse9', 'Tab', 'Correct-Horse8'],
		submit: ['PgDn'],
		says: 'The two are not the same.',
	},
	{
		name: 'a wizard whose exchange cannot be reached',
		fill: sandboxWizard,
		exchange: unreachable,
		submit: ['PgDn', 'y'],
		says: 'refused',
		back: ['PgUp', 'Esc'],
	},
	{
		name: 'a wizard whose vault is held by another program',
		fill: sandboxWizard,
		vault: busy,
		submit: ['PgDn', 'y'],
		says: 'Another program holds the vault',
		back: ['Esc'],
	},
	{
		name: 'a paste that is no API key',
		world: {sandbox: false},
		fill: [...page, 'nothing', 'Tab', secretKey],
		submit: ['Enter'],
		says: 'API key',
	},
	{
		name: 'a paste that the exchange refuses',
		world: {sandbox: false},
		fill: [...page, apiKey, 'Tab', secretKey],
		exchange: wireError({kind: 'code', exchangeCode: '50113', httpStatus: 401}),
		submit: ['Enter'],
		says: 'save untested',
	},
	{
		name: 'a paste while the exchange cannot be reached',
		world: {sandbox: false},
		fill: [...page, apiKey, 'Tab', secretKey],
		exchange: unreachable,
		submit: ['Enter'],
		says: 'save untested',
	},
	{
		name: 'a paste whose vault is held by another program',
		world: {sandbox: false},
		fill: [...page, apiKey, 'Tab', secretKey],
		exchange: unreachable,
		vault: busy,
		submit: ['Enter'],
		until: 'save untested',
		again: ['Ctrl+S'],
		says: 'Another program holds the vault',
	},
	{
		name: 'an edit with a name that is taken',
		world: {
			...bot,
			keys: [...bot.keys!, storedKey({id: 'b2', name: 'bot1x', credential: {...storedKey().credential, apiKey}})],
		},
		fill: edited,
		submit: ['PgDn'],
		says: 'already',
	},
	{
		name: 'an edit with a wrong address',
		world: bot,
		fill: [...edited.slice(0, 5), 'nowhere', ...edited.slice(6)],
		submit: ['PgDn'],
		says: 'nowhere is not an IP address',
	},
	{
		name: 'an edit whose vault is held by another program',
		world: bot,
		fill: edited,
		vault: busy,
		submit: ['PgDn', 'y'],
		says: 'Another program holds the vault',
		back: ['Esc'],
	},
	{
		name: 'permissions whose exchange cannot be reached',
		fill: ['p', 'Down', 'Space'],
		shows: '[x] Withdraw',
		exchange: unreachable,
		submit: ['Enter'],
		says: 'refused',
	},
	{
		name: 'an import of a file that is not there',
		fill: ['i', '~/no/such.env'],
		submit: ['Enter'],
		says: 'There is no file',
	},
	{name: 'an import of a folder', fill: ['i', '/'], submit: ['Enter'], says: 'folder'},
	{name: 'an import of a file without keys', fill: ['i', 'package.json'], submit: ['Enter'], says: 'package.json'},
	{
		name: 'a set-up with a short passphrase',
		world: {isOpen: false},
		fill: ['short', 'Tab', 'short'],
		submit: ['Enter'],
		says: 'which is too few',
	},
	{
		name: 'a set-up whose vault cannot be written',
		world: {isOpen: false},
		fill: [worldPassphrase, 'Tab', worldPassphrase],
		vault: busy,
		submit: ['Enter'],
		says: 'Another program holds the vault',
	},
	{
		name: 'an unlock while another program holds the vault',
		fill: ['L', worldPassphrase],
		shows: 'Unlock your vault',
		vault: busy,
		submit: ['Enter'],
		says: 'Another program holds the vault',
	},
	{
		name: 'a name that is typed to confirm',
		world: managed,
		fill: ['x', 'bot'],
		shows: 'Type its name',
		submit: ['Enter'],
		says: 'That is not the name of the key',
	},
];
