/** The version of this program; a meta test holds it equal to package.json. */
export const VERSION = "0.1.0";
