import { lazy, type ReactNode, Suspense } from 'react'
import { CatalogueProvider, english, type Language } from './catalogue.tsx'

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
    <CatalogueProvider language="en" catalogue={english}>
      {children}
    </CatalogueProvider>
  )
}
