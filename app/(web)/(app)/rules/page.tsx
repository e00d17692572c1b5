import type { Metadata } from 'next'
import { listLines } from '#lib/lines/index.ts'
import { listRules } from '#lib/rules/index.ts'
import { requireViewer } from '../../../viewer.ts'
import { Rules } from './rules.tsx'

export const metadata: Metadata = { title: 'Rules' }

export default async function RulesPage() {
  const { actor } = await requireViewer('/rules')
  const [rules, lines] = await Promise.all([listRules(actor), listLines(actor)])
  return <Rules first={rules} lines={lines} />
}
