import { execFileSync } from 'node:child_process'

/** The web part of the app, built once for all tests of it. vitest's own NODE_ENV would make it a development build. */
export function setup() {
  execFileSync('node_modules/.bin/vite', ['build', '--config', 'mobile/vite.config.ts'], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}
