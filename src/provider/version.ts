/** The version of this package; a test holds it to package.json, which is not beside the installed provider. */
export const VERSION = '0.1.0';
