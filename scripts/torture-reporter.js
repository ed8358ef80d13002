/** Closes a run of the torture with its figures, a line for each test, and with what could not be done here. */
export default class TortureReporter {
	onTestRunEnd(modules) {
		const tests = modules.flatMap(module => [...module.children.allTests()]);
		for (const test of tests) {
			const {state} = test.result();
			// Those that nobody asked for are of no interest.
			if (state === 'skipped' && !test.fullName.includes('(skipped: ')) continue;
			const figures = Object.entries(test.meta().figures ?? {});
			const words = figures
				.map(([name, value]) => `${name}: ${typeof value === 'number' ? value.toLocaleString('en') : value}`)
				.join(' · ');
			console.log([state.padEnd(8), test.fullName, words].filter(Boolean).join('  '));
		}
	}
}
