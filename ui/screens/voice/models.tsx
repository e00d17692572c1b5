import '../../strings/areas/service.ts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ModelJob, PullInput, SpeechModel } from '#lib/models/contract.ts'
import { useApi } from '../../api/context.tsx'
import { cancelJob, listModels, pullModel, removeModel } from '../../api/models.ts'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Problem, SkeletonRows, useProblemText } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { tellProblem } from '../../parts/toast.tsx'
import { useFormats } from '../../platform/clock.tsx'
import { useStrings } from '../../strings/catalogue.tsx'

/** What the line hears, speaks and thinks with; fetched only when an administrator says so. */
export function Models() {
  const { t, said } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const say = useProblemText()
  const [asked, setAsked] = useState<SpeechModel | null>(null)
  const [name, setName] = useState('')
  const query = useQuery({
    queryKey: ['models'],
    queryFn: () => listModels(client),
    refetchInterval: ({ state }) => (state.data?.jobs.some(job => job.state === 'running') ? 1_000 : 30_000),
  })
  const again = () => void queries.invalidateQueries({ queryKey: ['models'] })
  const pull = useMutation({
    mutationFn: (input: PullInput) => pullModel(client, input),
    onSuccess: () => setAsked(null),
    onError: error => tellProblem(say(error)),
    onSettled: again,
  })
  const remove = useMutation({
    mutationFn: ({ source, name }: Pick<PullInput, 'source' | 'name'>) => removeModel(client, source, name),
    onError: error => tellProblem(say(error)),
    onSettled: again,
  })
  const list = query.data
  const jobOf = (source: PullInput['source'], model: string) =>
    list?.jobs.findLast(job => job.source === source && job.name === model && job.state !== 'done')
  return (
    <>
      <Section title={t('models.speech')} hint={t('models.speech_hint')}>
        {query.isError && !list ? (
          <Problem error={query.error} onRetry={() => void query.refetch()} />
        ) : !list ? (
          <SkeletonRows rows={3} />
        ) : (
          <Card>
            <ul>
              {list.speech.map(model => {
                const job = jobOf('speech', model.name)
                return (
                  <li key={model.name} className="grid gap-2 border-line px-4 py-3 not-last:border-b">
                    <div className="flex items-center gap-3">
                      <div className="min-w-0 flex-1">
                        <p className="flex flex-wrap items-center gap-x-2 font-[540]">
                          {model.label}
                          <Tag tone={model.purpose === 'ears' ? 'blue' : 'green'}>{t(`models.${model.purpose}`)}</Tag>
                        </p>
                        <p className="text-small text-ink-2">
                          {said(model.advice)} · {model.languages.join(', ')} · {formats.bytes(model.bytes)}
                        </p>
                      </div>
                      {model.installed ? (
                        <Button
                          look="bare"
                          size="icon"
                          aria-label={t('models.remove', { name: model.label })}
                          onClick={() => remove.mutate({ source: 'speech', name: model.name })}
                        >
                          <Trash2 />
                        </Button>
                      ) : (
                        job?.state !== 'running' && (
                          <Button
                            size="small"
                            aria-label={t('models.get_this', { name: model.label })}
                            onClick={() => setAsked(model)}
                          >
                            <Download /> {t('models.get')}
                          </Button>
                        )
                      )}
                    </div>
                    {job && <Progress job={job} onCancel={() => void cancelJob(client, job.id).finally(again)} />}
                  </li>
                )
              })}
            </ul>
          </Card>
        )}
      </Section>
      {list && (
        <Section title={t('models.decision')} hint={said(list.decision.message)}>
          <Card className="grid gap-3 p-4.5">
            {list.decision.models.map(model => (
              <p key={model.name} className="flex items-center justify-between gap-3">
                <span>
                  {model.name} <span className="text-ink-2">· {formats.bytes(model.bytes)}</span>
                </span>
                <Button
                  look="bare"
                  size="icon"
                  aria-label={t('models.remove', { name: model.name })}
                  onClick={() => remove.mutate({ source: 'decision', name: model.name })}
                >
                  <Trash2 />
                </Button>
              </p>
            ))}
            {list.jobs
              .filter(job => job.source === 'decision' && job.state === 'running')
              .map(job => (
                <Progress key={job.id} job={job} onCancel={() => void cancelJob(client, job.id).finally(again)} />
              ))}
            <form
              className="flex items-end gap-2"
              onSubmit={event => {
                event.preventDefault()
                pull.mutate({ source: 'decision', name: name.trim(), acceptsLicence: true })
              }}
            >
              <TextField
                className="flex-1"
                label={t('models.name')}
                placeholder="qwen3:4b"
                maxLength={120}
                disabled={!list.decision.isReachable}
                value={name}
                onChange={event => setName(event.target.value)}
              />
              <Button type="submit" busy={pull.isPending} disabled={!list.decision.isReachable || !name.trim()}>
                <Download /> {t('models.get')}
              </Button>
            </form>
          </Card>
        </Section>
      )}
      {asked && (
        <Dialog
          isOpen
          wide
          onClose={() => setAsked(null)}
          title={asked.label}
          lead={t('models.licence', { id: asked.licence.id })}
        >
          <pre className="max-h-[40dvh] overflow-auto rounded-sm bg-sunk p-3 text-tiny whitespace-pre-wrap dark:bg-paper">
            {asked.licence.text}
          </pre>
          <Button
            look="main"
            className="mt-4"
            busy={pull.isPending}
            onClick={() => pull.mutate({ source: 'speech', name: asked.name, acceptsLicence: true })}
          >
            {t('models.accept', { size: formats.bytes(asked.bytes) })}
          </Button>
        </Dialog>
      )}
    </>
  )
}

function Progress({ job, onCancel }: { job: ModelJob; onCancel(): void }) {
  const { t, said } = useStrings()
  const formats = useFormats()
  if (job.state === 'failed') return <p className="text-small text-red">{said(job.message ?? '')}</p>
  if (job.state !== 'running') return null
  return (
    <div className="flex items-center gap-3">
      <progress
        aria-label={t('models.progress', { name: job.name })}
        className="h-2 flex-1 accent-accent"
        max={job.total || 1}
        {...(job.total > 0 ? { value: job.done } : {})}
      />
      <span className="text-small text-ink-2">
        {job.total > 0
          ? t('models.of', { done: formats.bytes(job.done), total: formats.bytes(job.total) })
          : t(`step.${job.step}`)}
      </span>
      <Button size="small" onClick={onCancel}>
        {t('dialog.cancel')}
      </Button>
    </div>
  )
}
