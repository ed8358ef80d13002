import {msg, type Translatable} from '../../language/translate.ts';

/** `host`: a container or virtual machine takes its time from its host. */
export const clockServices = ['timesyncd', 'chrony', 'ntpd', 'host', 'wsl', 'macos', 'windows', 'unknown'] as const;
export type ClockService = (typeof clockServices)[number];

/** The first command sets the clock right; a second one shows whether it worked. */
export const clockRemedies: Readonly<Record<ClockService, Translatable>> = {
	timesyncd: msg`systemd-timesyncd keeps the clock here: sudo timedatectl set-ntp true && sudo systemctl restart
		systemd-timesyncd. Then timedatectl timesync-status shows whether it reaches a time server.`,
	chrony: msg`chrony keeps the clock here: sudo chronyc makestep. Then chronyc tracking shows whether it reaches a
		time server.`,
	ntpd: msg`ntpd keeps the clock here, but does not correct a large error while it runs. Stop its service, set the clock
		once with sudo ntpd -gq, and start the service again. Then ntpq -p shows whether it reaches a time server.`,
	host: msg`This is a container, and its clock is that of its host: correct it there; nothing in here can.`,
	wsl: msg`The clock of WSL falls behind when Windows sleeps: sudo hwclock --hctosys, or wsl --shutdown in Windows.`,
	macos: msg`Set it with sudo sntp -sS time.apple.com, and turn on “Set time and date automatically” in the settings
		of the system.`,
	windows: msg`Set it with w32tm /resync in a prompt of the administrator; if the service is not started, net start
		w32time comes first.`,
	unknown: msg`Nothing was found here that keeps the clock right: try sudo timedatectl set-ntp true, or install chrony
		and run sudo chronyc makestep. date -u shows the clock.`,
};
