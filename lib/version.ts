/** The version in package.json; a test holds the two together. A constant, because this file is also bundled. */
export const version = '1.0.0'
