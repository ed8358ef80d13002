/** The types of age-encryption speak of this one, which only a browser has; nothing here uses what they say of it. */
type AuthenticationExtensionsPRFValues = unknown;
