/** The comment above what export has written, by which a later export knows it. */
export const ownMark = '# Written by okx-keys (export)';
