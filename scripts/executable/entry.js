// What the executable runs: the same as bin/okx-keys.js where Node is part of the program.
import '../../bin/guards.js';
import {start} from '../../source/main.ts';

await start();
