import { env } from '#lib/env.ts'
import type { Health } from '#lib/health/index.ts'

type News = { url: string; setupLink: string | null; health: Health }

/** What a person reads when the service is up: where it is, what to do first, what is connected. */
export function announcement({ url, setupLink, health }: News): string {
  const { details } = health
  const parts = [
    ['Telephone', details.telephone],
    ['Model', details.model],
    ['Speech', details.speech],
  ] as const
  const lines = ['', `AI Call Service is running at ${url}`]
  if (setupLink) lines.push(`Set up the first administrator (this link works once): ${setupLink}`)
  for (const [name, { message }] of parts) lines.push(`  ${`${name}:`.padEnd(11)}${message}`)
  if (!details.disk.working) lines.push(`  ${'Disk:'.padEnd(11)}${details.disk.message}`)
  return `${lines.join('\n')}\n`
}

export function announce(news: News): void {
  console.log(announcement(news))
  if (env().RATE_LIMITS === 'off') console.log('RATE_LIMITS is off: anyone may try passwords as fast as they like.\n')
}
