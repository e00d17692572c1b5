import { z } from 'zod'

/** One file of a GitHub release as its API describes it. */
export type ReleaseAsset = {
  url: string
  bytes: number
  /** What the publisher's platform measured; absent for files uploaded before it did so. */
  sha256?: string
}

const Asset = z.object({
  name: z.string(),
  size: z.number().int().positive(),
  browser_download_url: z.string(),
  digest: z.string().nullish(),
})

const pageSize = 100
const pageLimit = 30
const answerLimitBytes = 4 * 1024 * 1024

/**
 * Looks a file up in a release, page by page (the speech releases hold hundreds). The digest is the one GitHub publishes for
 * the asset: none is ever written in this repository or guessed.
 */
export async function findAsset(
  { repository, tag, archive }: { repository: string; tag: string; archive: string },
  { api = 'https://api.github.com', signal }: { api?: string; signal: AbortSignal },
): Promise<ReleaseAsset> {
  const release = z
    .object({ id: z.number() })
    .parse(await getJson(`${api}/repos/${repository}/releases/tags/${tag}`, signal))
  for (let page = 1; page <= pageLimit; page++) {
    const path = `/repos/${repository}/releases/${release.id}/assets?per_page=${pageSize}&page=${page}`
    const assets = z.array(Asset).parse(await getJson(`${api}${path}`, signal))
    const found = assets.find(asset => asset.name === archive)
    if (found) {
      const sha256 = /^sha256:([0-9a-f]{64})$/i.exec(found.digest ?? '')?.[1]?.toLowerCase()
      return { url: found.browser_download_url, bytes: found.size, ...(sha256 ? { sha256 } : {}) }
    }
    if (assets.length < pageSize) break
  }
  throw new Error(`The release ${tag} of ${repository} holds no ${archive}.`)
}

async function getJson(url: string, signal: AbortSignal): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
      headers: { accept: 'application/vnd.github+json', 'user-agent': 'ai-call-service' },
    })
  } catch (error) {
    signal.throwIfAborted()
    throw new Error(
      `The server ${new URL(url).host} cannot be reached (${codeOf(error)}). Without internet: npm run models import FILE.`,
    )
  }
  if (response.status === 403 || response.status === 429) {
    throw new Error('GitHub answers only so many questions an hour from one address: try again later.')
  }
  if (!response.ok)
    throw new Error(`The server ${new URL(url).host} answered ${response.status} for ${new URL(url).pathname}.`)
  const text = await response.text()
  if (text.length > answerLimitBytes) throw new Error(`The server ${new URL(url).host} answered too much.`)
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`The server ${new URL(url).host} answered something that is no JSON.`)
  }
}

function codeOf(error: unknown): string {
  const { cause, name } = error as Error
  if (name === 'TimeoutError') return 'it did not answer in time'
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'the request failed'
}
