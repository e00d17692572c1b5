import { createContext, type ReactNode, use, useMemo } from 'react'
import { usePlatform } from '../platform/port.ts'
import { type Client, createClient } from './client.ts'
import type { StreamState } from './events.ts'

const ClientContext = createContext<Client | null>(null)
export const StreamContext = createContext<StreamState>('connecting')

export function useApi(): Client {
  const client = use(ClientContext)
  if (!client) throw new Error('useApi needs a ClientProvider')
  return client
}

/** Whether news arrive by themselves now. */
export const useStream = () => use(StreamContext)

/** The REST client alone: all that the pages before the door need. */
export function ClientProvider({ children }: { children: ReactNode }) {
  const platform = usePlatform()
  const client = useMemo(
    () =>
      createClient({
        serverUrl: platform.serverUrl,
        tokens: platform.tokens,
        onSignedOut: () => platform.restart('/login?ended=1'),
      }),
    [platform],
  )
  return <ClientContext value={client}>{children}</ClientContext>
}
