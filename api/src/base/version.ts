/** Our own version, as CHANGELOG.md counts it. */
export const version = "0.1.0";
