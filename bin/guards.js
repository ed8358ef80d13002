// What every start begins with, that of Node and that of the executable; nothing of the program is loaded yet.

// The programs that this one runs are to have it as it was.
if (process.env.OKX_KEYS_NODE_USE_ENV_PROXY) process.env.NODE_USE_ENV_PROXY = process.env.OKX_KEYS_NODE_USE_ENV_PROXY;
delete process.env.OKX_KEYS_NODE_USE_ENV_PROXY;
// Without a listener, any process of this user could open Node's debugger on a port that every local user reaches. (Where one was
// quicker than this line, harden() refuses to go on.)
process.on('SIGUSR1', () => {});
