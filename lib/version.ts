/** The version in package.json; a test holds the two together. A constant, because this file is also bundled. */
export const version = '1.0.0'

/** What `GET /` answers to a script. */
export const serviceInfo = { service: 'AI Call Service', version, status: 'running' } as const
