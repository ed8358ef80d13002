/** Closes a torture run with a line of figures for each test, and with what could not run here. */
export default class TortureReporter {
	onTestRunEnd(modules) {
		const tests = modules.flatMap(module => [...module.children.allTests()]);
		for (const test of tests) {
			const {state} = test.result();
			if (state === 'skipped' && !test.fullName.includes('(skipped: ')) continue;
			const figures = Object.entries(test.meta().figures ?? {});
			const words = figures
				.map(([name, value]) => `${name}: ${typeof value === 'number' ? value.toLocaleString('en') : value}`)
				.join(' · ');
			console.log([state.padEnd(8), test.fullName, words].filter(Boolean).join('  '));
		}
	}
}
