// Everything that is measured: npm run bench. A line that breaks what must hold ends it with status 1.
import './keys.js';
import './scan.js';
import './vault.js';
import './live.js';
