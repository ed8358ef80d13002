import {codeOf} from '../core/system-error.ts';

/** Whether a process runs with this number; also true for one of another user. */
export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}
