import type { ReactNode } from 'react'
import { inGerman } from '#lib/sentences/contract.ts'
import { CatalogueProvider } from './catalogue.tsx'
import { de } from './de/index.ts'

export default function German({ children }: { children: ReactNode }) {
  return (
    <CatalogueProvider language="de" catalogue={de} said={inGerman}>
      {children}
    </CatalogueProvider>
  )
}
