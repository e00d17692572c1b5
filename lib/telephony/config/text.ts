/** One value of an Asterisk setting: a semicolon would begin a comment. */
export function value(text: string | number): string {
  const safe = String(text).replace(/[\r\n]+/g, ' ')
  return safe.replace(/\\/g, '\\\\').replace(/;/g, '\\;')
}

/** `[name]` and its settings; `undefined` leaves a setting out. */
export function section(name: string, settings: Record<string, string | number | undefined>): string {
  const lines = Object.entries(settings).flatMap(([key, entry]) =>
    entry === undefined ? [] : [`${key} = ${value(entry)}`],
  )
  return [`[${name}]`, ...lines, ''].join('\n')
}

export type Step = string

/** The steps of one extension in the dialplan. `(label)step` gives a step a label. */
export function extension(pattern: string, steps: readonly Step[]): string {
  return steps
    .map((step, index) => {
      const labelled = /^\((\w+)\)(.*)$/.exec(step)
      const label = labelled ? `(${labelled[1]})` : ''
      const what = labelled ? labelled[2] : step
      return index === 0 ? `exten => ${pattern},1${label},${what}` : ` same => n${label},${what}`
    })
    .join('\n')
}

export function context(name: string, parts: readonly string[]): string {
  return [`[${name}]`, ...parts, ''].join('\n')
}

export const heading =
  '; Written by `npm run asterisk-config`. Change settings there; this file is compared, not merged.\n'
