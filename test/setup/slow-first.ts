import {createHash} from 'node:crypto';
import path from 'node:path';
import {BaseSequencer, type TestSpecification} from 'vitest/node';

/**
 * The files that take longest, those first that take longer. Begun last, one of them would keep one processor busy
 * while the other has nothing left to do. Those that wait stand beside those that compute.
 */
export const slowFiles = [
	'journeys/pages.test.ts',
	'vault/processes.test.ts',
	'journeys/background.test.ts',
	'journeys/screen-vault.test.ts',
	'journeys/suspended.test.ts',
	'ui/unlock-trouble.test.tsx',
	'ui/pane-sizes.test.tsx',
	'ui/panes.test.tsx',
	'vault/rollback.test.ts',
	'journeys/watchdog.test.ts',
	'journeys/screen.test.ts',
	'journeys/rotate.test.ts',
	'journeys/agent.test.ts',
	'journeys/prompts.test.ts',
	'commands/hostile-commands.test.ts',
	'journeys/raw-keys.test.ts',
	'journeys/terminals.test.ts',
	'journeys/ways-to-end.test.ts',
	'journeys/screen-reader.test.ts',
	'ui/hostile-typing.test.tsx',
	'ui/hostile-screens.test.tsx',
	'ui/hostile-journeys.test.tsx',
	'sandbox/server.test.ts',
	'journeys/memory.test.ts',
	'actions/test-all.test.ts',
	'vault/new-passphrase.test.ts',
	'vault/restore.test.ts',
	'vault/rekey.test.ts',
	'commands/wiping.test.ts',
	'journeys/debugger.test.ts',
	'journeys/unattended.test.ts',
	'journeys/recovery-key.test.ts',
	'vault/disk.test.ts',
	'journeys/clock.test.ts',
	'journeys/age-terminal.test.ts',
	'journeys/agent-process.test.ts',
	'vault/vault.test.ts',
	'ui/unlock.test.tsx',
	'exchange/failure-http.test.ts',
	'formats/age.test.ts',
];

const places = new Map(slowFiles.map((name, index) => [path.resolve('test', name), index]));

/** Begins with the slow files, and leaves the others in Vitest's own order, or in that of a shuffled run's seed. */
export default class SlowFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const {shuffle, seed} = this.ctx.config.sequence;
		if (shuffle) {
			const place = ({moduleId, project}: TestSpecification) =>
				createHash('sha256').update(`${seed} ${project.name} ${moduleId}`).digest('hex');
			return files.toSorted((left, right) => (place(left) < place(right) ? -1 : 1));
		}

		const place = ({moduleId}: TestSpecification) => places.get(moduleId) ?? places.size;
		// oxlint-disable-next-line unicorn/no-array-sort -- this is Vitest's own, and gives another array
		return (await super.sort(files)).toSorted((left, right) => place(left) - place(right));
	}
}
