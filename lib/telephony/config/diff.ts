/** Lines that go (-) and come (+), with what is around them left out; passwords are not shown. */
export function diffLines(before: string, after: string): string {
  const a = before.split('\n')
  const b = after.split('\n')
  const common: number[][] = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
    }
  }
  const lines: string[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++
      j++
    } else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push(`- ${masked(a[i++]!)}`)
    } else lines.push(`+ ${masked(b[j++]!)}`)
  }
  return lines.join('\n')
}

const masked = (line: string) => line.replace(/^(\s*(?:password|secret)\s*=>?\s*).+$/i, '$1***')
