import {formatDuration} from './duration.ts';
import {t} from '../../language/translate.ts';

/** Such as `37 of 200, 18/s, about 9s left`. Times are ms of one clock. */
export function progressWords({
	done,
	total,
	startedAt,
	now,
}: {
	readonly done: number;
	readonly total: number;
	readonly startedAt: number;
	readonly now: number;
}): string {
	const passed = now - startedAt;
	const count = t`${done} of ${total}`;
	if (done === 0 || passed < 500) return count;
	const perSecond = (done / passed) * 1000;
	const rate = perSecond >= 10 ? Math.round(perSecond).toString() : perSecond.toFixed(1);
	return done === total
		? `${count}, ${rate}/s`
		: t`${count}, ${rate}/s, about ${formatDuration(((total - done) / perSecond) * 1000)} left`;
}

export function barCells(done: number, total: number, width: number): number {
	return total === 0 ? width : Math.min(width, Math.floor((done / total) * width));
}
