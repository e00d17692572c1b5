import { defineConfig } from '@playwright/test'
import { chromiumArgs, chromiumPath, contextOf, desktop, phone } from './e2e/browser/launch.ts'

/** The pages in a real browser against the real service: `npm test` builds them first. */
export default defineConfig({
  testDir: 'e2e/browser',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 1,
  retries: process.env.CI ? 2 : 0,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    launchOptions: { executablePath: chromiumPath, args: chromiumArgs },
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'phone', use: contextOf(phone), testIgnore: ['visual.spec.ts'] },
    // What is the same at every size is tried at one.
    {
      name: 'desktop',
      use: contextOf(desktop),
      testIgnore: ['pwa.spec.ts', 'budget.spec.ts', 'speed.spec.ts', 'visual.spec.ts', 'microphone.spec.ts'],
    },
    // Both sizes and colours by itself, on a service whose clock stands still.
    { name: 'pictures', testMatch: 'visual.spec.ts' },
  ],
})
