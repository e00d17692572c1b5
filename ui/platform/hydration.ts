import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Whether the page listens yet: what the server painted hears neither typing nor presses until its script has arrived. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
