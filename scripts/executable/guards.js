// What bin/okx-keys.js begins with, for the executable: nothing of the program is loaded yet.

if (process.env.OKX_KEYS_NODE_USE_ENV_PROXY) process.env.NODE_USE_ENV_PROXY = process.env.OKX_KEYS_NODE_USE_ENV_PROXY;
delete process.env.OKX_KEYS_NODE_USE_ENV_PROXY;
process.on('SIGUSR1', () => {});
