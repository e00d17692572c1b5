import '../../strings/areas/account.ts'
import { useMutation } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import type { Account } from '#lib/accounts/contract.ts'
import { deleteAccount } from '../../api/account.ts'
import { useApi } from '../../api/context.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Proof } from '../../parts/proof.tsx'
import { useProblemText } from '../../parts/state.tsx'
import { tellProblem } from '../../parts/toast.tsx'
import { usePlatform } from '../../platform/port.ts'
import { saveFile } from '../../platform/save-file.ts'
import { useStrings } from '../../strings/catalogue.tsx'

/** One's own data: to take along, and to delete. */
export function DataSettings({ account }: { account: Account }) {
  const { t } = useStrings()
  const client = useApi()
  const platform = usePlatform()
  const say = useProblemText()
  const [isLeaving, setLeaving] = useState(false)
  const save = useMutation({
    mutationFn: (what: 'csv' | 'json' | 'all') =>
      what === 'all'
        ? saveFile(client, '/api/v1/account/export', 'my-data.json')
        : saveFile(client, '/api/v1/calls/export', `calls.${what}`, { format: what }),
    onError: error => tellProblem(say(error)),
  })
  const busyWith = save.isPending ? save.variables : null
  return (
    <Section title={t('data.title')} hint={t('data.hint')}>
      <Card className="grid gap-4 p-4.5">
        <div className="flex flex-wrap gap-2">
          <Button busy={busyWith === 'csv'} onClick={() => save.mutate('csv')}>
            <Download /> {t('data.csv')}
          </Button>
          <Button busy={busyWith === 'json'} onClick={() => save.mutate('json')}>
            <Download /> {t('data.json')}
          </Button>
          <Button busy={busyWith === 'all'} onClick={() => save.mutate('all')}>
            <Download /> {t('data.all')}
          </Button>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
          <p className="text-ink-2">{t('data.delete_hint')}</p>
          <Button look="danger" onClick={() => setLeaving(true)}>
            {t('data.delete')}
          </Button>
        </div>
      </Card>
      {isLeaving && (
        <Dialog
          isOpen
          onClose={() => setLeaving(false)}
          title={t('data.delete_title', { name: account.username })}
          lead={t('data.delete_lead')}
        >
          <Proof
            action={t('data.delete')}
            isDanger
            prove={password => deleteAccount(client, password)}
            onDone={() => platform.restart('/login')}
          />
        </Dialog>
      )}
    </Section>
  )
}
