import type {Context} from '../actions/context.ts';
import {t} from '../language/translate.ts';
import type {Io} from './io.ts';

/** The context of a command that says what it waits for: the vault, whose keys take time to derive, or the exchange. */
export function withWaitNotes(context: Context, io: Pick<Io, 'wait'>): Context {
	const {vault, exchange} = context;
	return {
		...context,
		vault: {
			...vault,
			create: async (...given) => io.wait(t`Making the vault…`, async () => vault.create(...given)),
			unlock: async (...given) => io.wait(t`Opening the vault…`, async () => vault.unlock(...given)),
			change: async (...given) => io.wait(t`Saving…`, async () => vault.change(...given)),
			verify: async () => io.wait(t`Checking the vault and its earlier saves…`, async () => vault.verify()),
			backup: async (...given) => io.wait(t`Writing the backup…`, async () => vault.backup(...given)),
			openBackup: async (...given) => io.wait(t`Opening the backup…`, async () => vault.openBackup(...given)),
			slotOf: async (...given) => io.wait(t`Trying the unlock methods…`, async () => vault.slotOf(...given)),
			addSlot: async (...given) => io.wait(t`Adding the unlock method…`, async () => vault.addSlot(...given)),
			changePassphrase: async (...given) =>
				io.wait(t`Changing the passphrase…`, async () => vault.changePassphrase(...given)),
			rekey: async (...given) => io.wait(t`Sealing the vault with a new key…`, async () => vault.rekey(...given)),
			upgradeKdf: async (...given) =>
				io.wait(t`Making the passphrase harder to guess…`, async () => vault.upgradeKdf(...given)),
		},
		exchange: {
			...exchange,
			call: async (...given) => io.wait(t`Waiting for the exchange…`, async () => exchange.call(...given)),
		},
	};
}
