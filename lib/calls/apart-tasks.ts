import { indexPending, readPage } from './page.ts'
import { callsBefore } from './repo-retention.ts'
import { computeStats } from './stats.ts'

/** What is worth a thread of its own: it reads many rows, or writes the search index. */
export const tasks = { page: readPage, stats: computeStats, index: indexPending, oldCalls: callsBefore }
