/** What keeps the clock of a machine right, as far as that can be seen; `host`: a container or virtual machine takes the clock of its host. */
export const clockServices = ['timesyncd', 'chrony', 'ntpd', 'host', 'wsl', 'macos', 'windows', 'unknown'] as const;
export type ClockService = (typeof clockServices)[number];
