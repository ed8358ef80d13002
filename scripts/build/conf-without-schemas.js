/** The vault gives conf no schema, and loading the checker takes 60 ms of every save by a command. */
export const confWithoutSchemas = {
	name: 'conf-without-schemas',
	expects: {
		'conf/dist/source/index.js': [
			"import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';",
			"import ajvFormatsModule from 'ajv-formats';",
			`if (!(options.schema ?? options.ajvOptions ?? options.rootSchema)) {
            this.#applyDefaultValues(options);
            return;`,
		],
	},
	replaces: /^ajv/,
	by: 'export const Ajv2020 = undefined, Ajv = undefined; export default undefined;',
};
