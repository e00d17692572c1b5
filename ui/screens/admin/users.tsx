import '../../strings/areas/account.ts'
import '../../strings/areas/service.ts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { UserChange, UserDto } from '#lib/accounts/contract.ts'
import { addUser, changeUser, listUsers } from '../../api/admin.ts'
import { useApi } from '../../api/context.tsx'
import { Avatar } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Card, Section } from '../../parts/card.tsx'
import { Confirm, Dialog } from '../../parts/dialog.tsx'
import { PasswordField, Select, TextField } from '../../parts/field.tsx'
import { useCheckedForm } from '../../parts/form.ts'
import { Problem, SkeletonRows, useProblemText } from '../../parts/state.tsx'
import { Tag } from '../../parts/tag.tsx'
import { tellProblem } from '../../parts/toast.tsx'
import { useFormats, useNow } from '../../platform/clock.tsx'
import { forgetKept } from '../../platform/kept.ts'
import { useStrings } from '../../strings/catalogue.tsx'
import { FormProblem } from '../account/entry.tsx'

export function Users({ ownId }: { ownId: number }) {
  const { t } = useStrings()
  const client = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const now = useNow()
  const say = useProblemText()
  const [isAdding, setAdding] = useState(false)
  const [stopped, setStopped] = useState<UserDto | null>(null)
  const [promoted, setPromoted] = useState<UserDto | null>(null)
  const query = useInfiniteQuery({
    queryKey: ['users'],
    queryFn: ({ pageParam }) => listUsers(client, pageParam),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: page => page.next ?? undefined,
  })
  const again = () => void queries.invalidateQueries({ queryKey: ['users'] })
  const change = useMutation({
    mutationFn: ({ id, ...rest }: UserChange & { id: number }) => changeUser(client, id, rest),
    onError: error => tellProblem(say(error)),
    onSettled: () => {
      setStopped(null)
      setPromoted(null)
      again()
    },
  })
  const users = query.data?.pages.flatMap(page => page.users) ?? []
  return (
    <Section
      title={t('admin.users')}
      aside={
        <Button size="small" onClick={() => setAdding(true)}>
          <Plus /> {t('admin.add_user')}
        </Button>
      }
    >
      {query.isError && users.length === 0 ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <SkeletonRows rows={3} />
      ) : (
        <Card>
          <ul>
            {users.map(user => (
              <li key={user.id} className="flex flex-wrap items-center gap-3 border-line px-4 py-3 not-last:border-b">
                <Avatar name={user.username} tone={user.isActive ? 'green' : 'grey'} />
                <div className="min-w-0 flex-1 basis-40">
                  <p className="flex flex-wrap items-center gap-x-2 font-[540]">
                    <span className="truncate">{user.username}</span>
                    {user.role === 'admin' && <Tag tone="blue">{t('admin.role_admin')}</Tag>}
                    {!user.isActive && <Tag tone="red">{t('admin.inactive')}</Tag>}
                    {user.hasTwoFactor && <Tag>{t('two_factor.title')}</Tag>}
                  </p>
                  <p className="truncate text-small text-ink-3">
                    {user.email} ·{' '}
                    {user.lastLogin
                      ? t('admin.seen', { when: formats.ago(user.lastLogin, now) })
                      : t('admin.never_seen')}
                  </p>
                </div>
                {user.id !== ownId && (
                  <div className="flex gap-2">
                    <Button
                      size="small"
                      onClick={() =>
                        user.role === 'admin' ? change.mutate({ id: user.id, role: 'member' }) : setPromoted(user)
                      }
                    >
                      {user.role === 'admin' ? t('admin.make_member') : t('admin.make_admin')}
                    </Button>
                    {user.isActive ? (
                      <Button size="small" look="danger" onClick={() => setStopped(user)}>
                        {t('admin.deactivate')}
                      </Button>
                    ) : (
                      <Button size="small" onClick={() => change.mutate({ id: user.id, isActive: true })}>
                        {t('admin.activate')}
                      </Button>
                    )}
                  </div>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {query.hasNextPage && (
        <Button className="justify-self-center" onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {isAdding && (
        <NewUser
          onClose={() => {
            setAdding(false)
            again()
          }}
        />
      )}
      {promoted && (
        <Confirm
          isOpen
          onClose={() => setPromoted(null)}
          title={t('admin.promote_title', { name: promoted.username })}
          action={t('admin.make_admin')}
          busy={change.isPending}
          onConfirm={() => change.mutate({ id: promoted.id, role: 'admin' })}
        >
          <p>{t('admin.promote_text')}</p>
        </Confirm>
      )}
      {stopped && (
        <Confirm
          isOpen
          onClose={() => setStopped(null)}
          title={t('admin.deactivate_title', { name: stopped.username })}
          action={t('admin.deactivate')}
          busy={change.isPending}
          onConfirm={() => change.mutate({ id: stopped.id, isActive: false })}
        >
          <p>{t('admin.deactivate_text')}</p>
        </Confirm>
      )}
    </Section>
  )
}

type Values = { username: string; email: string; password: string; role: 'admin' | 'member' }

const draftName = 'user.new'

function NewUser({ onClose }: { onClose(): void }) {
  const { t } = useStrings()
  const client = useApi()
  const form = useCheckedForm<Values>({
    draft: draftName,
    defaults: { username: '', email: '', password: '', role: 'member' },
    schema: async () => (await import('#lib/accounts/contract.ts')).UserInput,
  })
  const { errors, isSubmitting } = form.formState
  const leave = () => {
    forgetKept(draftName)
    onClose()
  }
  const submit = form.handleSubmit(async values => {
    try {
      await addUser(client, values)
      leave()
    } catch (error) {
      form.refuse(error)
    }
  })
  return (
    <Dialog isOpen onClose={leave} title={t('admin.add_user')}>
      <form className="grid gap-4" noValidate onSubmit={submit}>
        <FormProblem>{form.problem}</FormProblem>
        <TextField
          label={t('register.username')}
          autoComplete="off"
          error={errors.username?.message}
          {...form.register('username')}
        />
        <TextField
          label={t('register.email')}
          type="email"
          autoComplete="off"
          error={errors.email?.message}
          {...form.register('email')}
        />
        <PasswordField
          label={t('register.password')}
          hint={t('register.password_hint')}
          autoComplete="new-password"
          error={errors.password?.message}
          {...form.register('password')}
        />
        <Select label={t('admin.role')} {...form.register('role')}>
          <option value="member">{t('admin.role_member')}</option>
          <option value="admin">{t('admin.role_admin')}</option>
        </Select>
        <Button type="submit" look="main" busy={isSubmitting}>
          {t('admin.add_user')}
        </Button>
      </form>
    </Dialog>
  )
}
