import { lazy, type ReactNode, Suspense } from 'react'
import { CatalogueProvider, type Language } from './catalogue.tsx'
import { en } from './en/index.ts'

const German = lazy(() => import('./german.tsx'))

/** English is in the first download, every other language comes in a file of its own. */
export function StringsProvider({ language, children }: { language: Language; children: ReactNode }) {
  if (language === 'de') {
    return (
      <Suspense>
        <German>{children}</German>
      </Suspense>
    )
  }
  return (
    <CatalogueProvider language="en" catalogue={en}>
      {children}
    </CatalogueProvider>
  )
}
