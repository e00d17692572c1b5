import { listLines } from '#lib/lines/index.ts'
import { listRules } from '#lib/rules/index.ts'
import { titled } from '../../../titled.ts'
import { requireViewer } from '../../../viewer.ts'
import { Rules } from './rules.tsx'

export const generateMetadata = titled('rules.title')

export default async function RulesPage() {
  const { actor } = await requireViewer('/rules')
  const [rules, lines] = await Promise.all([listRules(actor), listLines(actor)])
  return <Rules first={rules} lines={lines} />
}
