import {msg, type Translatable} from '../language/translate.ts';

/** Example command lines for the help, by command; those of the whole program are under the empty name. */
export const examples: Readonly<Record<string, readonly Translatable[]>> = {
	'': [
		msg`okx-keys --sandbox            # try everything on the built-in exchange`,
		msg`okx-keys init                 # make a vault`,
		msg`okx-keys add grid             # store a key that was made on the exchange’s page`,
		msg`okx-keys test --all           # see what each key can do, and why one fails`,
	],
	init: [msg`okx-keys init`, msg`okx-keys --sandbox init`, msg`okx-keys init --passphrase-file ~/passphrase --json`],
	create: [
		msg`okx-keys --sandbox create grid --perm trade --ip 203.0.113.7`,
		msg`okx-keys create grid --sub-account gridbots01 --using main --perm trade --ip 203.0.113.7`,
	],
	add: [
		msg`okx-keys add grid --site eea`,
		msg`pass show okx/grid | okx-keys add grid     # {"apiKey": "…", "secretKey": "…", "passphrase": "…"}`,
		msg`okx-keys add paper --env demo --no-test`,
	],
	list: [
		msg`okx-keys list`,
		msg`okx-keys list perm:trade ip:none --sort risk`,
		msg`okx-keys list --json | jq -r '.[].name'`,
	],
	show: [msg`okx-keys show grid`, msg`okx-keys show grid --reveal --json | jq -r .secretKey`],
	edit: [
		msg`okx-keys edit grid --name grid-eu --tag bots,eu`,
		msg`okx-keys edit grid --perm read,trade --ip 203.0.113.7,198.51.100.0/24`,
		msg`okx-keys edit grid --accept-live`,
	],
	test: [msg`okx-keys test grid`, msg`okx-keys test --all --json`, msg`okx-keys test grid --no-touch`],
	check: [
		msg`okx-keys check --key-file /etc/okx-keys.key`,
		msg`okx-keys check grid --policy policy.json`,
		msg`okx-keys check --nagios --key-file /etc/okx-keys.key`,
	],
	doctor: [msg`okx-keys doctor`, msg`okx-keys doctor --site eea`, msg`okx-keys doctor --offline --json`],
	scan: [msg`okx-keys scan`, msg`okx-keys scan ~/bots --exclude '*.csv'`, msg`okx-keys scan . --json`],
	exec: [
		msg`okx-keys exec grid -- python3 bot.py`,
		msg`okx-keys exec grid --flavour okx-cli -- okx account balance`,
		msg`okx-keys exec grid --fd OKX_ACCOUNT -- node bot.js       # a file in memory for the library ccxt`,
		msg`okx-keys exec grid hedge -- sh -c 'echo $GRID_OKX_API_KEY $HEDGE_OKX_API_KEY'`,
	],
	copy: [
		msg`okx-keys copy grid secret-key`,
		msg`okx-keys copy grid api-key --clear-after 10s`,
		msg`okx-keys copy grid failure`,
	],
	profiles: [msg`okx-keys profiles`, msg`okx-keys profiles env:demo perm:trade --json`],
	revoke: [msg`okx-keys revoke grid`, msg`okx-keys revoke grid --yes`],
	remove: [msg`okx-keys remove grid`, msg`okx-keys restore-key grid`],
	'restore-key': [msg`okx-keys list --trash`, msg`okx-keys restore-key grid`],
	export: [
		msg`okx-keys export grid --format freqtrade --reveal --output config-okx.json`,
		msg`okx-keys export grid --age-recipient age1… --output grid.age`,
		msg`okx-keys export --all --age-passphrase > keys.age`,
	],
	import: [
		msg`okx-keys import keys.age --dry-run`,
		msg`okx-keys import ~/.okx/config.toml`,
		msg`age -d -i key.txt keys.age | okx-keys import`,
	],
	passwd: [msg`okx-keys passwd`, msg`okx-keys passwd --passphrase-file old --new-passphrase-file new`],
	rekey: [msg`okx-keys rekey`, msg`okx-keys rekey --new-passphrase --keep-key-file /etc/okx-keys.key`],
	slots: [msg`okx-keys slots`, msg`okx-keys slots --json | jq -r '.[].id'`],
	'remove-slot': [msg`okx-keys remove-slot 3f2a`],
	verify: [msg`okx-keys verify`, msg`okx-keys verify --json`],
	'add-slot': [
		msg`okx-keys add-slot recovery`,
		msg`okx-keys add-slot key-file --file ~/okx-keys.key`,
		msg`okx-keys add-slot ssh-agent`,
	],
	backup: [msg`okx-keys backup /mnt/usb/vault.json`],
	restore: [msg`okx-keys restore --dry-run`, msg`okx-keys restore /mnt/usb/vault.json`],
	agent: [msg`okx-keys agent --idle 30m`, msg`okx-keys agent status`, msg`okx-keys agent lock`],
	completion: [
		msg`okx-keys completion bash > ~/.local/share/bash-completion/completions/okx-keys`,
		msg`okx-keys completion zsh > ~/.zfunc/_okx-keys     # ~/.zfunc in the fpath of ~/.zshrc, before compinit`,
		msg`okx-keys completion fish > ~/.config/fish/completions/okx-keys.fish`,
		msg`source <(okx-keys completion bash)               # for this shell only`,
	],
	man: [msg`okx-keys man | man -l -`],
	sandbox: [msg`okx-keys sandbox --port 8080`, msg`okx-keys sandbox --fault 50113`],
};
