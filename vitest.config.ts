import { defineConfig } from 'vitest/config'

const node = { environment: 'node' as const, setupFiles: ['./test/setup.ts'] }

/**
 * Three projects. `unit`: fast, beside the source. `process`: whole processes that are started, killed and starved, one file
 * at a time. `calls`: a real Asterisk. `vitest run lib/x` runs the files whose path contains `lib/x`.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...node,
          name: 'unit',
          include: [
            '{agent,app,bench,bin,db,eval,lib,mobile,server,ui}/**/*.test.ts',
            'e2e/recogniser/**/*.test.ts',
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
          include: ['e2e/asterisk/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
