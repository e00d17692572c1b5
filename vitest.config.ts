import { defineConfig } from 'vitest/config'

const node = { environment: 'node' as const, setupFiles: ['./test/setup.ts'] }

/**
 * Four projects. `unit`: fast, beside the source. `process`: whole processes that are started, killed and starved, one file
 * at a time. `calls`: a real Asterisk. `android`: the app without an SDK. `vitest run lib/x` runs the files whose path
 * contains `lib/x`.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...node,
          name: 'unit',
          // On a shared machine a pause of seconds fails any deadline; at a desk a failure is shown at once.
          retry: process.env.CI ? 1 : 0,
          // It imports `next/server` without an extension, which only a bundler understands.
          server: { deps: { inline: ['next-auth'] } },
          include: [
            '{agent,app,bench,bin,db,eval,lib,mobile,server,ui}/**/*.test.ts',
            'e2e/{pictures,recogniser}/**/*.test.ts',
            'test/*.test.ts',
          ],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...node,
          name: 'process',
          retry: 1,
          include: ['test/process/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...node,
          name: 'calls',
          // Sound in real time on two shared cores: what fails only once was the machine's breath, and is reported as such.
          retry: 3,
          include: ['e2e/asterisk/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...node,
          name: 'android',
          retry: 1,
          include: ['e2e/android/**/*.test.ts'],
          globalSetup: ['./e2e/android/build.ts'],
          testTimeout: 180_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
