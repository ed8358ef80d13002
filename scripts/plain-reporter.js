import fs from 'node:fs';

/** Closes a run with one plain line, for machines that read the end of a log. */
export default class PlainReporter {
	onTestRunEnd(modules, unhandledErrors) {
		const counts = {passed: 0, failed: 0, skipped: 0};
		for (const module of modules) {
			for (const test of module.children.allTests()) {
				const {state, errors} = test.result();
				counts[state] = (counts[state] ?? 0) + 1;
				if (state === 'passed' && test.diagnostic()?.flaky)
					console.log(`Passed only when tried again: ${test.fullName}\n${errors?.[0]?.message ?? ''}`);
			}

			// A file that cannot be loaded, or a group without a test, has failed, although it holds no failed test.
			const groups = [...module.children.allSuites()].filter(group => group.errors().length > 0);
			counts.failed += groups.length > 0 ? groups.length : Math.min(1, module.errors().length);
		}

		counts.failed += unhandledErrors.length;
		const signed = process.env.SIGNED_REQUESTS ? fs.readFileSync(process.env.SIGNED_REQUESTS, 'utf8') : '';
		const strange = signed.replaceAll('.', '').length;
		counts.failed += strange;
		if (strange > 0) process.exitCode = 1;
		console.log(
			`${signed.length} signed requests, ${strange} of them to a host that is neither of the exchange nor this machine`,
		);
		const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
		console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
	}
}
