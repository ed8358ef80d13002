/** The comment above what export has written, by which a later export knows it. */
// oxlint-disable-next-line language/translated
export const ownMark = '# Written by okx-keys (export)';
