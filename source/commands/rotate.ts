import {keyById, keyByName, refuseReadonly} from '../actions/keys.ts';
import {beginRotation, beginWith, handOver, rotatable} from '../actions/rotate.ts';
import {rotationById, rotationByName, usersIn} from '../actions/rotation.ts';
import {abortRotation, finishRotation, isManaged} from '../actions/rotation-end.ts';
import {AppError, isAppError} from '../core/errors.ts';
import {ipWords} from '../core/health/binding.ts';
import {suggestedCommand} from '../core/invocation.ts';
import type {StoredKey} from '../core/key/key.ts';
import type {RotateOperation} from '../core/key/operation.ts';
import {wordsOfUser, type KeyUser} from '../core/key/users.ts';
import {mask} from '../core/text/mask.ts';
import {sanitize} from '../core/text/sanitize.ts';
import {apiPage} from '../exchange/sites.ts';
import {defineCommand, required, type Session} from '../cli/command.ts';
import {flag, type ValuesOf} from '../cli/option.ts';
import {yesOption} from '../cli/options.ts';
import {confirm, jsonText} from '../cli/print.ts';
import {unlock} from '../cli/unlock.ts';
import {readCredential} from './add.ts';
import {msg, t} from '../language/translate.ts';

const shownUsers = 10;

const options = {
	continue: flag('--continue', msg`resume a rotation that was interrupted or that waits`),
	abort: flag('--abort', msg`delete the new key, and give the old one its name back`),
	noTest: flag('--no-test', msg`hand over without a test of the new key`),
	yes: yesOption,
};
type Given = ValuesOf<typeof options>;

export const rotateCommand = defineCommand({
	name: 'rotate',
	summary: msg`replace a key by a new one of the same name and settings, and revoke the old one once programs have the
		new one`,
	examples: [
		msg`okx-keys rotate grid`,
		msg`okx-keys rotate grid --continue --yes     # every program has the new key: revoke the old one`,
	],
	operand: required('name'),
	options,
	async run(session, {operand: name, options}) {
		const {context} = session;
		refuseReadonly(context);
		if (options.continue && options.abort)
			throw new AppError('usage', {problem: t`--continue and --abort exclude each other.`});
		await unlock(session);
		const known = rotationByName(context.vault.read(), name);
		if (options.abort) return abort(session, known ?? none(session, name));
		if (known && !options.continue) throw new AppError('rotation-under-way', {name: sanitize(known.name)});
		const begun = known ?? (options.continue ? none(session, name) : await begin(session, name, options));
		const handedOver =
			begun.step === 'handed-over' ? begun : await handOverTo(session, begun, {...options, isNew: !options.continue});
		return end(session, handedOver, options);
	},
});

/** Throws `no-rotation`, or `no-such-key`. */
function none({context}: Session, name: string): never {
	throw new AppError('no-rotation', {name: sanitize(keyByName(context.vault.read(), name).name)});
}

async function begin(session: Session, name: string, {noTest}: Given): Promise<RotateOperation> {
	const {context, io} = session;
	const old = rotatable(context, keyByName(context.vault.read(), name).id);
	if (isManaged(context, old)) return io.wait(t`Making the new key…`, async () => beginRotation(context, old.id));
	io.note(
		[
			t`No API makes this key. Make a new one on ${apiPage(old)}, with a passphrase of its own and these settings:`,
			`  ${t`Permissions`}: ${old.permissions.join(', ')}`,
			`  ${t`IPs`}: ${ipWords(old)}`,
			t`Resetting a passkey or the two-factor authentication there freezes withdrawals for 24 hours.`,
		].join('\n'),
	);
	const credential = await readCredential(io);
	return io.wait(t`Testing…`, async () =>
		beginWith(context, old.id, credential, {test: !noTest, signal: io.stopSignal()}),
	);
}

async function handOverTo(
	{context, io}: Session,
	begun: RotateOperation,
	{noTest, isNew}: Pick<Given, 'noTest'> & {readonly isNew: boolean},
): Promise<RotateOperation> {
	// A pasted key was tested before it was stored.
	const wasTested = isNew && keyById(context.vault.read(), begun.newId).lastTest !== null;
	const done = await io.wait(t`Testing…`, async () =>
		handOver(context, begun, {test: !noTest && !wasTested, signal: io.stopSignal()}),
	);
	const {old} = keysOf(context.vault.read(), done);
	io.note(t`${sanitize(done.name)} is the new key now. The old one is ${sanitize(old.name)}: it still works on the
		exchange, and nothing is given it.`);
	return done;
}

/** All that is known of who may have the old key still. */
function noteUsers({io}: Session, users: readonly KeyUser[]): void {
	if (users.length === 0) return;
	const left = users.length - shownUsers;
	io.note(
		[
			t`The old key was given to:`,
			...users.slice(0, shownUsers).map(user => `  ${wordsOfUser(user)}`),
			...(left > 0 ? [`  ${t`And ${left} more.`}`] : []),
			users.some(({newAt}) => newAt === null)
				? t`Start the programs again that do not have the new key, and write the files again.`
				: t`Each of them was given the new key since.`,
		].join('\n'),
	);
}

/** Revokes the old key if that is wanted; the exchange does not tell whether anything still uses it. */
async function end(session: Session, operation: RotateOperation, {yes}: Given): Promise<'ok'> {
	const {context, io} = session;
	const {name} = operation;
	const shown = sanitize(name);
	const {old, key} = keysOf(context.vault.read(), operation);
	const users = usersIn(context.vault.read(), operation);
	noteUsers(session, users);
	if (key.usedBy?.length)
		io.note(t`Your notes say that it is used by: ${key.usedBy.map(note => sanitize(note)).join(', ')}`);
	const isWanted =
		yes || (await asked(session, t`Does every program have the new key, so that the old one can be revoked?`));
	if (isWanted) await io.wait(t`Revoking the old key…`, async () => finishRotation(context, operation));
	const next = isWanted ? null : suggestedCommand('rotate', name, '--continue');
	if (io.json)
		io.out(
			jsonText({
				name,
				step: isWanted ? 'done' : operation.step,
				apiKeyMasked: mask(key.credential.apiKey),
				oldApiKeyMasked: mask(old.credential.apiKey),
				uses: old.uses ?? [],
				users,
				usedBy: key.usedBy ?? [],
				next,
			}),
		);
	else
		io.out(
			next === null
				? t`${shown} is rotated: the old key is revoked, and in the trash with its history.`
				: t`${shown} is handed over. Once every program has the new key, ${next} revokes the old one.`,
		);
	return 'ok';
}

/** No where there is nobody to ask. */
async function asked({io}: Session, question: string): Promise<boolean> {
	try {
		return await confirm(io, question);
	} catch (error) {
		if (isAppError(error, 'no-tty')) return false;
		throw error;
	}
}

async function abort({context, io}: Session, operation: RotateOperation): Promise<'ok'> {
	const {old, left} = await io.wait(t`Deleting the new key…`, async () => abortRotation(context, operation));
	const shown = sanitize(old.name);
	if (io.json)
		io.out(
			jsonText({
				name: old.name,
				step: 'aborted',
				apiKeyMasked: mask(old.credential.apiKey),
				leftOnExchange: left ? mask(left.credential.apiKey) : null,
			}),
		);
	else io.out(t`${shown} is the old key again, as it was.`);
	if (left) io.note(t`The new key still works on the exchange. Delete it on ${apiPage(left)}.`);
	return 'ok';
}

function keysOf(
	content: Parameters<typeof rotationById>[0],
	operation: RotateOperation,
): {readonly old: StoredKey; readonly key: StoredKey} {
	const {oldId, newId} = rotationById(content, operation);
	return {old: keyById(content, oldId), key: keyById(content, newId)};
}
