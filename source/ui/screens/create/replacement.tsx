import {useState, type ReactNode} from 'react';
import {keyById} from '../../../actions/keys.ts';
import {generatePassphrase} from '../../../actions/passphrase.ts';
import {beginWith, handOver} from '../../../actions/rotate.ts';
import {freeLabel, rotationOf} from '../../../actions/rotation.ts';
import {accountWord} from '../../../core/key/account.ts';
import {knownPermissions} from '../../../core/key/permission.ts';
import {useLines} from '../../forms/form.ts';
import {handedOverWords} from '../handed-over.ts';
import {useGuard} from '../../shell/hooks.ts';
import {useShell} from '../../shell/shell.ts';
import {noText, type Draft, type Wizard} from './draft.ts';
import {PageReviewStep} from './page-review-step.tsx';
import {PasteStep} from './paste-step.tsx';
import {t} from '../../../language/translate.ts';

/** Rotates a key that no API makes: the page makes the new one, which is pasted, tested and handed over. */
export function Replacement({id}: {readonly id: string}): ReactNode {
	const {context, leave, pop, notify} = useShell();
	const [old] = useState(() => keyById(context.vault.read(), id));
	const [draft, setDraft] = useState<Draft>(() => ({
		target: {kind: 'page'},
		type: old.type,
		site: old.site,
		environment: old.environment,
		permissions: knownPermissions(old.permissions),
		isGenerated: true,
		generated: generatePassphrase(context.random),
	}));
	const {lines, edit, set} = useLines({
		...noText,
		name: freeLabel(old.label ?? old.name, new Set()),
		description: old.description,
		ip: old.ip.join(', '),
	});
	const [isMade, setMade] = useState(false);
	// A generated passphrase exists nowhere else yet.
	useGuard('typed', true);
	const toPage = () => {
		setMade(false);
	};
	const wizard: Wizard = {
		draft,
		lines,
		edit,
		set,
		account: accountWord(old),
		change(patch) {
			setDraft(before => ({...before, ...patch}));
		},
		next() {
			setMade(true);
		},
		previous: isMade ? toPage : undefined,
		back: isMade ? toPage : leave,
	};
	const warning = t`On OKX’s page, do not reset a passkey or the two-factor authentication for this: that freezes
		withdrawals for 24 hours.`;
	if (!isMade) return <PageReviewStep wizard={wizard} warning={warning} />;
	return (
		<PasteStep
			wizard={wizard}
			store={async (credential, options) => {
				// The hand-over may have failed after an earlier paste.
				const begun = rotationOf(context.vault.read(), id) ?? (await beginWith(context, id, credential, options));
				const done = await handOver(context, begun, {test: false});
				pop();
				notify(handedOverWords(context.vault.read(), done));
			}}
		/>
	);
}
