import {useContext, useEffect, useEffectEvent, useRef, useState} from 'react';
import {useAppearance} from '../drawing/styled-text.tsx';
import {AlarmsContext, type Alarm} from './alarms.ts';

export const secondMs = 1000;
export const minuteMs = 60_000;
/** How often an age in seconds is shown anew, ms. */
const agesMs = 5000;

/**
 * When something that is done about every minute is ready and due, if it was last done at `last`: the span is wide
 * enough for the tick of any countdown in minutes.
 */
export function aboutEveryMinute(last: () => number): Required<Pick<Alarm, 'dueAt' | 'readyAt'>> {
	return {readyAt: () => last() + minuteMs / 4, dueAt: () => last() + (minuteMs * 5) / 4};
}

/**
 * The time for ages on the screen, ms since 1970. It goes on every minute, and every few seconds while the moment
 * `latest` is less than a minute ago, for only then is an age in seconds shown.
 */
export function useNow(latest = -Infinity): number {
	const alarms = useContext(AlarmsContext);
	const {isSpoken} = useAppearance();
	const [now, setNow] = useState(alarms.clock);
	const shown = useRef(now);
	useEffect(() => {
		// A screen reader would read each row again whose age has changed.
		if (isSpoken) return undefined;
		const {readyAt, dueAt} = aboutEveryMinute(() => shown.current);
		return alarms.add({
			readyAt,
			dueAt: () => (Math.abs(alarms.clock() - latest) < minuteMs ? shown.current + agesMs : dueAt()),
			ring() {
				shown.current = alarms.clock();
				setNow(shown.current);
			},
		});
	}, [alarms, isSpoken, latest]);
	return now;
}

/**
 * Words of the time that is left, in steps of `stepMs`, which change with it; the component is drawn again only when
 * they do.
 */
export function useCountdown(
	msLeft: () => number,
	stepMs: (ms: number) => number,
	words: (ms: number) => string,
): string {
	const alarms = useContext(AlarmsContext);
	const now = useEffectEvent(() => words(msLeft()));
	const nextAt = useEffectEvent(() => {
		const ms = msLeft();
		return ms > 0 ? alarms.clock() + ((ms - 1) % stepMs(ms)) + 1 : Infinity;
	});
	const [, setShown] = useState('');
	useEffect(() => {
		let shown: string | undefined;
		return alarms.add({
			dueAt: () => (now() === shown ? nextAt() : alarms.clock()),
			ring() {
				shown = now();
				setShown(shown);
			},
		});
	}, [alarms]);
	return words(msLeft());
}
