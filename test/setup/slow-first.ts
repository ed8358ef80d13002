import {createHash} from 'node:crypto';
import path from 'node:path';
import {BaseSequencer, type TestSpecification} from 'vitest/node';

/**
 * The files that take longest, those first that take longer. Begun last, one of them would keep one processor busy
 * while the other has nothing left to do.
 */
export const slowFiles = [
	// Those that run apart.
	'journeys/pages.test.ts',
	'ui/conflicts.test.tsx',
	'journeys/completion.test.ts',
	'journeys/background.test.ts',
	'journeys/prompts.test.ts',
	'journeys/screen-vault.test.ts',
	'journeys/raw-keys.test.ts',
	'journeys/copy.test.ts',
	'journeys/import.test.ts',
	'journeys/backup.test.ts',
	'journeys/screen.test.ts',
	'journeys/watchdog.test.ts',
	'packaging.test.ts',
	'journeys/files.test.ts',
	'journeys/slots.test.ts',
	'journeys/rotate.test.ts',
	'journeys/passwd.test.ts',
	'journeys/unattended-page.test.ts',
	'journeys/restore.test.ts',
	'journeys/agent-ending.test.ts',
	'journeys/import-bad-input.test.ts',
	'journeys/terminals.test.ts',
	'journeys/recovery-key.test.ts',
	'faults.test.ts',
	'journeys/agent.test.ts',
	'journeys/age-terminal.test.ts',
	'journeys/waiting.test.ts',
	'journeys/rekey.test.ts',
	'journeys/check-monitoring.test.ts',
	'journeys/monitoring-page.test.ts',
	'journeys/proxy.test.ts',
	'journeys/unattended.test.ts',
	'journeys/agent-process.test.ts',
	'journeys/ways-to-end.test.ts',
	'journeys/suspended.test.ts',
	'journeys/memory.test.ts',
	'journeys/clock.test.ts',
	'journeys/screen-reader.test.ts',
	// Those that share processes.
	'ui/pane-sizes.test.tsx',
	'vault/processes.test.ts',
	'ui/hostile-typing.test.tsx',
	'ui/hostile-screens.test.tsx',
	'ui/hostile-journeys.test.tsx',
	'actions/test-all.test.ts',
	'commands/hostile-commands.test.ts',
	'ui/language.test.tsx',
	'commands/wiping.test.ts',
	'distribution/npm-package.test.ts',
	'sandbox/server.test.ts',
	'exchange/failure-http.test.ts',
	'ui/unlock-trouble.test.tsx',
	'vault/disk.test.ts',
	'ui/terminal-replies.test.tsx',
	'ui/settings.test.tsx',
	'vault/rollback.test.ts',
	'vault/restore.test.ts',
	'vault/rekey.test.ts',
	'vault/new-passphrase.test.ts',
	'vault/vault.test.ts',
	'ui/unlock.test.tsx',
	'ui/panes.test.tsx',
	'formats/age.test.ts',
];

const places = new Map(slowFiles.map((name, index) => [path.resolve('test', name), index]));

/**
 * Begins with the slow files, and leaves the others in Vitest's own order, or in that of a shuffled run's seed. Those
 * that run apart come before those that share processes: between them Vitest would end a process that could be shared.
 */
export default class SlowFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const {shuffle, seed} = this.ctx.config.sequence;
		if (shuffle) {
			const place = ({moduleId, project}: TestSpecification) =>
				createHash('sha256').update(`${seed} ${project.name} ${moduleId}`).digest('hex');
			return files.toSorted((left, right) => (place(left) < place(right) ? -1 : 1));
		}

		const place = ({moduleId, project: {config}}: TestSpecification) =>
			(places.get(moduleId) ?? places.size) + (config.isolate ? 0 : places.size + 1);
		// oxlint-disable-next-line unicorn/no-array-sort -- this is Vitest's own, and gives another array
		return (await super.sort(files)).toSorted((left, right) => place(left) - place(right));
	}
}
