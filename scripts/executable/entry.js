// The same as bin/okx-keys.js where Node is part of the program; each import is evaluated after the one before.
import './guards.js';
import './early.js';
import {start} from '../../source/main.ts';

await start();
