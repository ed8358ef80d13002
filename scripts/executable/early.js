import {promptEarly} from '../../source/early-prompt.ts';

// Nobody but the build gives the Node of an executable options.
promptEarly(process.argv.slice(2), process.env, []);
