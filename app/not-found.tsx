import { de } from '#ui/strings/de/index.ts'
import { en } from '#ui/strings/en/index.ts'
import { pageLanguage } from './viewer.ts'

/** Made by the server alone: in the browser it would be in every page's download. */
export default async function NotFound() {
  const words = (await pageLanguage()) === 'de' ? de : en
  return (
    <main className="mx-auto grid min-h-[80dvh] max-w-[44ch] content-center justify-items-center gap-3 px-6 text-center">
      <h1 className="text-title font-[650]">{words['state.not_found']}</h1>
      <p className="text-ink-2">{words['state.not_found_hint']}</p>
      <a
        href="/inbox"
        className="mt-1 inline-flex min-h-10 items-center rounded-[10px] border border-accent bg-accent px-3.5 font-[540] text-on-accent hover:bg-accent-strong"
      >
        {words['state.to_inbox']}
      </a>
    </main>
  )
}
