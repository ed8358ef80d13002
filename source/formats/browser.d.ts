/** A browser type that the types of age-encryption mention; it is not used here. */
type AuthenticationExtensionsPRFValues = unknown;
