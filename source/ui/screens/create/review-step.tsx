import type {ReactNode} from 'react';
import {createKey} from '../../../actions/create.ts';
import {splitIps} from '../../../core/ip/address.ts';
import {expiryWords} from '../../../core/key/expiry.ts';
import {sanitize} from '../../../core/text/sanitize.ts';
import type {Row} from '../../drawing/rows.tsx';
import {TextView} from '../../drawing/text-view.tsx';
import {useBusyWords, useTask} from '../../shell/hooks.ts';
import {labelledRows} from '../../key-view/key-rows.ts';
import {addressWords, typeWords} from '../../key-view/key-words.ts';
import {useActions} from '../../keyboard/actions.ts';
import {useSelectKey} from '../../key-selection.ts';
import {useShell} from '../../shell/shell.ts';
import {useViewport} from '../../drawing/viewport.ts';
import {wrap, wrapLines} from '../../drawing/wrap.ts';
import {localsOf, passphraseOf, permissionsOf, type Wizard} from './draft.ts';
import {shownKeyOf} from '../../keyboard/bindings.ts';
import {t} from '../../../language/translate.ts';

export function ReviewStep({wizard}: {readonly wizard: Wizard}): ReactNode {
	const {draft, lines, back} = wizard;
	const {context, replace} = useShell();
	const selectKey = useSelectKey();
	const {columns, rows: height} = useViewport();
	const {isBusy, run} = useTask();
	const making = useBusyWords(t`Making it…`, isBusy);
	const {target} = draft;
	const isMade = target.kind !== 'page';
	useActions('form', {back}, {isActive: !isBusy});
	useActions(
		'createReview',
		{
			create: isMade
				? () => {
						run(
							async () => {
								const key = await createKey(context, {
									name: lines.name.text,
									description: lines.description.text,
									...localsOf(lines, context.clock()),
									type: draft.type,
									permissions: permissionsOf(draft),
									ip: splitIps(lines.ip.text),
									passphrase: passphraseOf(draft, lines),
									environment: draft.environment,
									target,
								});
								selectKey(key.id);
								replace({screen: 'created', id: key.id});
							},
							{finishes: true, shows: true},
						);
					}
				: undefined,
		},
		{isActive: !isBusy},
	);

	const width = Math.min(columns, 90);
	const account = target.kind === 'sub' ? t`sub-account ${sanitize(target.subAccount)}` : t`main account`;
	const description = wrapLines(lines.description.text, width - 12, 200).join('\n');
	const [name, ...others] = draftFacts(wizard, account, width);
	const rows: Row[] = [
		name!,
		...labelledRows(t`Description`, description === '' ? t`none` : description, width),
		...others,
		...localRows(localsOf(lines, context.clock()), context.clock(), width),
		[],
		...wrap(
			isBusy
				? making
				: t`Press ${shownKeyOf('createReview', 'create')} and the exchange makes the key. It is stored in this vault
						before it is shown.`,
			width,
		).map((text): Row => [{text, tone: isBusy ? 'accent' : 'plain'}]),
	];
	return <TextView rows={rows} height={height - 2} />;
}

/** Nothing for what was left empty. */
function localRows({tags, usedBy = [], expiresAt}: ReturnType<typeof localsOf>, now: number, width: number): Row[] {
	return [
		...(tags.length === 0 ? [] : labelledRows(t`Tags`, tags.map(tag => sanitize(tag)).join(' '), width)),
		...(usedBy.length === 0 ? [] : labelledRows(t`Used by`, usedBy.map(note => sanitize(note)).join(', '), width)),
		...(expiresAt === undefined ? [] : labelledRows(t`Expires`, expiryWords(expiresAt, now), width)),
	];
}

/** What the exchange will know about the key, without the passphrase. */
export function draftFacts({draft, lines}: Wizard, account: string, width: number): Row[] {
	return [
		...labelledRows(t`Name`, sanitize(lines.name.text), width),
		...labelledRows(t`Account`, draft.target.kind === 'sub' ? account : `${account}, ${draft.environment}`, width),
		...labelledRows(t`Type`, typeWords[draft.type](), width),
		...labelledRows(
			t`Permissions`,
			permissionsOf(draft).join(', '),
			width,
			permissionsOf(draft).includes('withdraw') ? 'bad' : 'plain',
		),
		...labelledRows(t`IPs`, addressWords(splitIps(lines.ip.text)), width),
		...labelledRows(t`Passphrase`, draft.isGenerated ? t`generated` : t`typed by you`, width),
	];
}
