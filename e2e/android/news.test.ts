import { expect as see } from '@playwright/test'
import { describe, expect, it } from 'vitest'
import { java, noNews } from './java.ts'
import { addPerson, api, connect, context, page, phone, restartApp, setUpPhone, signIn, web } from './world.ts'

setUpPhone()

describe('notifications on the phone', () => {
  const openSettings = async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await page.goto(`${phone.origin}/#/settings`)
    await page.reload()
    await see(page.getByText('How the phone hears of calls')).toBeVisible()
    return person
  }
  const devices = async (token: string) =>
    ((await (await api('/api/v1/push', { token })).json()) as { subscriptions: { kind: string }[] }).subscriptions
  const endpoint = 'https://ntfy.example.com/up1234?up=1'
  const keys = { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: Buffer.alloc(16, 7).toString('base64url') }

  it('go through the distributor that its owner chooses, with the server’s own key', async () => {
    const { token } = await openSettings()
    await page.getByLabel('At once, through ntfy').click()
    await see(page.getByText('Waiting for the distributor')).toBeVisible()
    const { publicKey } = (await (await api('/api/v1/push', { token })).json()) as { publicKey: string }
    expect(java.newsAsked).toMatchObject({ distributor: 'io.heckel.ntfy', vapid: publicKey })

    Object.assign(java.news, { endpoint, ...keys })
    await phone.send('News', 'changed', java.news)
    await see(page.getByText('Your server reaches this phone.')).toBeVisible()
    expect(await devices(token)).toMatchObject([{ kind: 'unifiedpush' }])

    await page.getByLabel('Not at all').click()
    await expect.poll(() => devices(token)).toEqual([])
  })

  it('are told to the server again at every start: the distributor may have moved the phone', async () => {
    const { token } = await openSettings()
    java.news = { ...noNews(), mode: 'push', distributor: 'io.heckel.ntfy', endpoint, ...keys }
    await page.goto(`${phone.origin}/#/inbox`)
    await page.reload()
    await expect.poll(() => devices(token)).toMatchObject([{ kind: 'unifiedpush' }])
  })

  it('say why when the distributor refuses, or the server refuses the distributor', async () => {
    await openSettings()
    await page.getByLabel('At once, through ntfy').click()
    await see(page.getByText('Waiting for the distributor')).toBeVisible()
    await phone.send('News', 'changed', { ...java.news, failure: 'NETWORK' })
    await see(page.getByText(/did not register this phone \(NETWORK\)/)).toBeVisible()
    await phone.send('News', 'changed', { ...java.news, endpoint: 'https://10.0.0.7/up', ...keys })
    await see(page.getByText('must be on the public internet')).toBeVisible()
  })

  it('are looked for without a distributor, with a key that reads calls and nothing else', async () => {
    const person = await addPerson()
    await api('/call/incoming', {
      key: person.api_key,
      body: { call_id: 'old-1', caller_number: '+4930111222', called_number: '100' },
    })
    java.news.distributors = []
    await connect()
    await signIn(person.username)
    await page.goto(`${phone.origin}/#/settings`)
    await page.reload()
    await see(page.getByText('install a push distributor such as ntfy')).toBeVisible()
    await page.getByLabel('The phone looks by itself').click()
    await expect.poll(() => java.newsAsked.readKey).toMatch(/^aisk_/)
    const key = String(java.newsAsked.readKey)
    expect(java.newsAsked.server).toBe(web.url)
    const list = (await (await api('/api/v1/calls?limit=20', { key })).json()) as { calls: { id: number }[] }
    expect(java.newsAsked.lastCall).toBe(String(list.calls[0]!.id))
    expect((await api('/user/profile', { key })).status).toBe(403)
    expect((await api('/call/incoming', { key, body: { call_id: 'x', caller_number: '1' } })).status).toBe(403)
    expect(JSON.stringify([...java.preferences])).not.toContain('aisk_')

    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
    expect(phone.calls).toContain('News.stop')
    expect((await api('/api/v1/calls', { key })).status).toBe(401)
  })

  it('stop for the last person when somebody else signs in', async () => {
    const first = await openSettings()
    await page.getByLabel('The phone looks by itself').click()
    await expect.poll(() => java.news.mode).toBe('poll')
    await api('/api/v1/sessions', { token: first.token, method: 'DELETE' })
    await see(page.getByLabel('Username or e-mail')).toBeVisible({ timeout: 15_000 })
    const second = await addPerson()
    await signIn(second.username)
    expect(java.news.mode).toBe('off')
    expect([...java.preferences.keys()]).toEqual(['server'])
  })

  it('order from their buttons once, and no link from elsewhere orders anything', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    const ordered: string[] = []
    await context.route(`${web.url}/api/v1/calls/*/commands`, route => {
      ordered.push(`${new URL(route.request().url()).pathname} ${route.request().postData()}`)
      return route.fulfill({ status: 201, json: {}, headers: { 'access-control-allow-origin': 'http://localhost' } })
    })
    java.offered.set('w-1', { order: 'take', callId: 'pbx-7' })
    await phone.send('App', 'appUrlOpen', { url: 'aicall://live?order=w-1' })
    await see(page).toHaveURL(/#\/live$/)
    await expect
      .poll(() => ordered.filter(each => each.includes('take')))
      .toEqual(['/api/v1/calls/pbx-7/commands {"kind":"take"}'])
    await phone.send('App', 'appUrlOpen', { url: 'aicall://live?order=w-1' })
    await phone.send('App', 'appUrlOpen', { url: 'aicall://live?order=guess' })
    await expect.poll(() => phone.calls.filter(call => call === 'News.redeem').length).toBe(3)
    expect(ordered.filter(each => each.includes('kind'))).toHaveLength(1)
  })

  it('open their call when the app was closed', async () => {
    const person = await addPerson()
    await api('/call/incoming', {
      key: person.api_key,
      body: { call_id: 'cold-1', caller_number: '+4930111222', called_number: '100' },
    })
    await connect()
    await signIn(person.username)
    java.launchUrl = 'aicall://calls/cold-1'
    await restartApp()
    await see(page).toHaveURL(/#\/inbox\/cold-1$/)
    await see(page.getByText('Why this decision').first()).toBeVisible()
  })
})
