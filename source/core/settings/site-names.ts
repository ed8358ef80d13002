/** OKX’s separate exchanges, the one that most accounts are on first. */
export const siteNames = ['global', 'eea', 'us', 'tr'] as const;

export type SiteName = (typeof siteNames)[number];
