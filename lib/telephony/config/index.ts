import { ariConf, ariUserConf, httpConf, loggerConf, modulesConf, rtpConf } from './core.ts'
import type { Theirs } from './existing.ts'
import { extensionsConf } from './extensions.ts'
import { pjsipConf } from './pjsip.ts'
import { PbxSettings } from './settings.ts'

export { checkAsterisk, type Finding } from './check.ts'
export { emergencyNumbers } from './emergency.ts'
export { existingGeneral, existingTransport } from './existing.ts'
export { type Placed, placeFiles } from './place.ts'
export { PbxSettings } from './settings.ts'

export type WrittenFile = {
  /** Under Asterisk's configuration folder. */
  name: string
  text: string
  /** A file of Asterisk's own: it is written where it is missing, else it only needs this one line. */
  include?: string
  /** A section that this file must have before our line adds to it. */
  needs?: string
}

/**
 * Every file for these settings: our own in a folder with our name, and the lines that make Asterisk read them. What the
 * owner of the files has set in their general sections stays.
 */
export function configurationFiles(settings: PbxSettings, theirs: Theirs = {}): WrittenFile[] {
  const own = settings.app
  const files: [main: string, text: string][] =
    settings.platform === 'freepbx'
      ? [
          ['ari_additional_custom.conf', ariUserConf(settings)],
          ['extensions_custom.conf', extensionsConf(settings)],
        ]
      : [
          ['http.conf', httpConf(settings)],
          ['ari.conf', ariConf(settings)],
          ['pjsip.conf', pjsipConf(settings)],
          ['extensions.conf', extensionsConf(settings)],
          ['rtp.conf', rtpConf(settings)],
        ]
  const included = files.flatMap(([main, text]) => {
    const include = `#include ${own}/${main}`
    return [
      { name: `${own}/${main}`, text: settings.platform === 'freepbx' ? text : asAddition(text, theirs[main]) },
      {
        name: main,
        text: `${mainText(main)}${include}\n`,
        include,
        ...(text.includes('\n[general]\n') && { needs: 'general' }),
      },
    ]
  })
  if (settings.platform === 'freepbx') return included
  // a whole Asterisk has these already; a bare one needs them
  return [
    ...included,
    { name: 'modules.conf', text: modulesConf(), include: '' },
    { name: 'logger.conf', text: loggerConf(), include: '' },
  ]
}

/** Sections that Asterisk's own file may have already are added to, not opened twice, and change nothing there. */
function asAddition(text: string, theirs: Record<string, string> = {}): string {
  let section = ''
  const isOurs = (line: string) => {
    section = /^\[(\w+)\]/.exec(line)?.[1] ?? section
    const key = section === 'general' ? /^(\w+) =/.exec(line)?.[1] : undefined
    return key === undefined || key === 'enabled' || theirs[key] === undefined
  }
  return text
    .split('\n')
    .filter(isOurs)
    .join('\n')
    .replace(/^\[general\]$/m, '[general](+)')
}

function mainText(main: string): string {
  if (main === 'extensions.conf') return '[general]\nstatic = yes\nwriteprotect = yes\n\n'
  return main === 'pjsip.conf' ? '' : '[general]\n\n'
}

/** Settings from outside, or an Error with a line for each that is wrong. */
export function parseSettings(input: unknown): PbxSettings {
  const parsed = PbxSettings.safeParse(input)
  if (parsed.success) return parsed.data
  throw new Error(parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}.`).join('\n'))
}
