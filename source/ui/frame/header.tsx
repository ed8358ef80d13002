import type {ReactNode} from 'react';
import {Box} from 'ink';
import type {ClipboardHold} from '../../actions/clipboard-hold.ts';
import {padToWidth, truncate, width} from '../../core/text/width.ts';
import {useIsHeld} from '../shell/copying.ts';
import type {Tone} from '../drawing/theme.ts';
import {shortenCrumbs} from './crumbs.ts';
import {Rows, type Row} from '../drawing/rows.tsx';
import {SpokenText, useAppearance} from '../drawing/styled-text.tsx';
import {minuteMs, secondMs, useCountdown} from '../timing/use-alarms.ts';
import {msg, t, type Translatable} from '../../language/translate.ts';

export type BadgeKind = 'sandbox' | 'demo' | 'live' | 'none';
export type Badge = {readonly at: BadgeKind; readonly note?: string | undefined};

const badges: Readonly<Record<BadgeKind, {readonly word: Translatable; readonly tone: Tone}>> = {
	sandbox: {word: msg`SANDBOX`, tone: 'good'},
	demo: {word: msg`DEMO`, tone: 'accent'},
	live: {word: msg`LIVE`, tone: 'bad'},
	none: {word: () => '', tone: 'plain'},
};

/** Columns kept for the breadcrumb and the countdown beside a note. */
const leastCrumbs = 26;

/** Those of one countdown. */
const countdownColumns = 10;

type Props = {
	readonly crumbs: readonly string[];
	readonly badge: Badge;
	readonly isReadonly: boolean;
	/** Milliseconds until the vault locks itself; null while there is nothing to lock. */
	readonly msToLock: (() => number) | null;
	readonly clipboard: ClipboardHold;
	readonly columns: number;
};

/** The header row; where it is too long, the least important part is cut off first. */
export function Header({crumbs, badge, isReadonly, msToLock, clipboard, columns}: Props): ReactNode {
	const readonlyWord = t`READ-ONLY`;
	const word = badges[badge.at].word();
	const tone = badge.note === undefined ? badges[badge.at].tone : 'warn';
	const stake =
		badge.note === undefined ? word : truncate(`${word}: ${badge.note}`, Math.max(width(word), columns - leastCrumbs));
	const {isSpoken} = useAppearance();
	const isHeld = useIsHeld(clipboard);
	const countdowns = (msToLock === null ? 0 : countdownColumns) + (isHeld ? countdownColumns : 0);
	const room = Math.max(0, columns - width(stake) - (isReadonly ? width(readonlyWord) + 2 : 0) - countdowns - 2);
	if (isSpoken)
		return <SpokenText>{[...crumbs, stake, isReadonly ? readonlyWord : ''].filter(Boolean).join(', ')}</SpokenText>;
	const place: Row = [
		{text: padToWidth(shortenCrumbs(crumbs, room), room), tone: 'title'},
		'  ',
		{text: stake, tone},
		...(isReadonly ? [{text: `  ${readonlyWord}`, tone: 'warn'} as const] : []),
	];
	return (
		<Box width={columns} height={1}>
			<Rows rows={[place]} width={columns - countdowns} />
			{isHeld && (
				<Countdown
					tone="warn"
					msLeft={() => clipboard.msLeft() ?? 0}
					stepMs={() => secondMs}
					words={ms => t`clip ${Math.ceil(ms / secondMs)}s`}
				/>
			)}
			{msToLock !== null && <Countdown tone="muted" msLeft={msToLock} stepMs={lockStepMs} words={countdown} />}
		</Box>
	);
}

type CountdownProps = {
	readonly msLeft: () => number;
	readonly stepMs: (ms: number) => number;
	readonly words: (ms: number) => string;
	readonly tone: Tone;
};

/** A component of its own, so that a tick redraws nothing else. */
function Countdown({msLeft, stepMs, words, tone}: CountdownProps): ReactNode {
	const text = `  ${useCountdown(msLeft, stepMs, words)}`;
	return <Rows rows={[[{text, tone}]]} width={width(text)} />;
}

function lockStepMs(ms: number): number {
	return ms > minuteMs ? minuteMs : secondMs;
}

/** `lock 9m`, with seconds in the last minute. */
export function countdown(ms: number): string {
	const text = ms > minuteMs ? `${Math.ceil(ms / minuteMs)}m` : `${Math.max(0, Math.ceil(ms / secondMs))}s`;
	return t`lock ${text}`;
}
