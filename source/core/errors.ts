import type {Exit} from './exit-status.ts';
import {commandLineFailures} from './failures/command-line.ts';
import {exchangeFailures} from './failures/exchange.ts';
import type {Failure} from './failures/failure.ts';
import {fileFailures} from './failures/files.ts';
import {incidentFailures} from './failures/incident.ts';
import {inventoryFailures} from './failures/inventory.ts';
import {rotationFailures} from './failures/rotation.ts';
import {keyFailures} from './failures/keys.ts';
import {settingsFailures} from './failures/settings.ts';
import {unlockFailures} from './failures/unlock.ts';
import {vaultFailures} from './failures/vault.ts';

/**
 * All expected failures. Sentences contain names, numbers and paths, never a credential; text from outside is sanitized
 * before it gets here.
 */
const allFailures = () => ({
	...commandLineFailures,
	...keyFailures,
	...vaultFailures,
	...unlockFailures,
	...fileFailures,
	...settingsFailures,
	...exchangeFailures,
	...rotationFailures,
	...incidentFailures,
	...inventoryFailures,
});

/** Made for the first failure: most commands have none. */
let failures: FailureTable | undefined;

type FailureTable = ReturnType<typeof allFailures>;
export type FailureCode = keyof FailureTable;
type DetailsOf<Code extends FailureCode> = Parameters<FailureTable[Code]>[0];

/**
 * An expected failure: `message` is the sentence for people, `hint` says what to do, `exit` names the exit status. Any
 * other error is unexpected: main.ts prints only its name, since its message may hold a secret.
 */
export class AppError<Code extends FailureCode = FailureCode> extends Error {
	override readonly name = 'AppError';
	readonly code: Code;
	readonly details: Readonly<DetailsOf<Code>>;
	readonly exit: Exit;
	readonly hint: string | undefined;

	constructor(code: Code, ...details: Parameters<FailureTable[Code]>);
	constructor(code: Code, details: DetailsOf<Code>, options: ErrorOptions);
	constructor(code: Code, details: DetailsOf<Code>, options?: ErrorOptions) {
		const describe = (failures ??= allFailures())[code] as (details: DetailsOf<Code>) => Failure;
		const {exit, sentence, hint} = describe(details);
		super(sentence, options);
		this.code = code;
		this.details = details;
		this.exit = exit;
		this.hint = hint;
	}
}

/** Checks the name instead of the class, so that it works across bundles. Without `code`, any AppError matches. */
export function isAppError<Code extends FailureCode>(error: unknown, code?: Code): error is AppError<Code> {
	return (
		error instanceof Error && error.name === 'AppError' && (code === undefined || (error as AppError).code === code)
	);
}
