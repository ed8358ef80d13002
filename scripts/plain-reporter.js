/** Closes a run with one plain line, for machines that read the end of a log. */
export default class PlainReporter {
	onTestRunEnd(modules, unhandledErrors) {
		const counts = {passed: 0, failed: 0, skipped: 0};
		for (const module of modules) {
			for (const test of module.children.allTests()) {
				const {state} = test.result();
				counts[state] = (counts[state] ?? 0) + 1;
			}

			// A file that could not be loaded holds no test to count, yet it has failed.
			if (module.state() === 'failed' && module.errors().length > 0) counts.failed++;
		}

		counts.failed += unhandledErrors.length;
		const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
		console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
	}
}
