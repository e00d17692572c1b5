import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Settings, SettingsChange } from '#lib/admin/contract.ts'
import { changeServiceSettings, readServiceSettings } from '../../api/admin.ts'
import { useApi } from '../../api/context.tsx'
import { useProblemText } from '../../parts/state.tsx'
import { tellProblem } from '../../parts/toast.tsx'

const key = ['settings']

/** What is set for the whole service. A change is shown at once, and taken back with a sentence when it is refused. */
export function useServiceSettings() {
  const client = useApi()
  const queries = useQueryClient()
  const say = useProblemText()
  const query = useQuery({ queryKey: key, queryFn: () => readServiceSettings(client) })
  const save = useMutation({
    mutationFn: (change: SettingsChange) => changeServiceSettings(client, change),
    onMutate: change => {
      const before = queries.getQueryData<Settings>(key)
      if (before) queries.setQueryData<Settings>(key, { ...before, ...(change as Partial<Settings>) })
      return { before }
    },
    onSuccess: now => queries.setQueryData<Settings>(key, now),
    onError: (error, _change, context) => {
      queries.setQueryData(key, context?.before)
      tellProblem(say(error))
    },
  })
  return { query, save }
}
