import type { APIRequestContext, Page, PlaywrightWorkerArgs } from '@playwright/test'
import { expect, openAlive, owner, signIn, test } from './fixtures.ts'

/** Somebody new, on a page that was German; answers their id. */
async function enter(page: Page, url: string, username: string): Promise<number> {
  const who = { username, email: `${username}@weber.example`, password: 'lindenbaum-sieben-tore' }
  const made = await page.request.post(`${url}/api/v1/sign-up`, {
    data: { ...who, language: 'de', timeZone: 'Europe/Berlin' },
    headers: { origin: url },
  })
  expect(made.ok()).toBe(true)
  await signIn(page, url, who)
  return (await (await page.request.get(`${url}/api/v1/account`)).json()).id
}

/** The first administrator makes another one. */
async function promote(playwright: PlaywrightWorkerArgs['playwright'], url: string, id: number) {
  const chief = await playwright.request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } })
  const { username, password } = owner
  await chief.post('/api/v1/sign-in', { data: { username, password } })
  const promoted = await chief.patch(`/api/v1/users/${id}`, { data: { role: 'admin' } })
  expect(promoted.ok(), await promoted.text()).toBe(true)
  await chief.dispose()
}

/** What people said and chose is theirs; everything else on a page is ours to say in its reader's language. */
const callers: readonly { from: string; says: string }[] = [
  {
    from: '+49 30 5550 901',
    says: 'Guten Tag, hier ist Anna Schmidt. Ich möchte den Termin am Donnerstag verschieben.',
  },
  { from: '+49 30 5550 902', says: 'Mama ist gestürzt und blutet, bitte kommen Sie sofort!' },
  { from: '+49 30 5550 903', says: 'Ich biete Ihnen einen günstigen Stromtarif an, damit sparen Sie viel Geld.' },
  { from: '+49 30 5550 904', says: 'Hier ist die Sicherheitsabteilung Ihrer Bank, nennen Sie mir bitte die TAN.' },
  { from: '+49 30 5550 905', says: 'Hallo?' },
  { from: '+49 30 5550 906', says: 'Hallo' },
  { from: '+49 151 5550 7799', says: 'Hallo' },
  { from: '+49 211 5550 123', says: 'Hallo' },
  { from: 'anonymous', says: 'Guten Abend, hier ist Peter. Bitte rufen Sie mich unter 030 123456 zurück.' },
]

async function fill(request: APIRequestContext, url: string) {
  const post = async (path: string, data: unknown) => {
    const answer = await request.post(url + path, { data, headers: { origin: url } })
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true)
  }
  await post('/api/v1/people', { name: 'Opa Karl', trust: 'favourite', numbers: ['+4915155507799'] })
  await post('/api/v1/rules', { action: 'block', caller: '+49211*' })
  for (const { from, says } of callers) await post('/api/v1/calls', { callerNumber: from, text: says })
}

/** Words that every English sentence has and no German one. */
const english = /\b(?:the|is|are|has|and|with|of|this|that|your|calls?|caller|answers|nobody|must|cannot)\b/i

/** Sentences of a page that are English, but for commands, codes, and the words of the callers. */
async function englishOn(page: Page): Promise<string[]> {
  await expect(page.getByRole('main')).toBeVisible()
  // What is still being fetched breathes in its place.
  await expect(page.locator('.animate-breathe.rounded-sm')).toHaveCount(0)
  const lines = await page.evaluate(() => {
    for (const folded of document.querySelectorAll('details')) folded.open = true
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: string[] = []
    while (walker.nextNode()) {
      const { parentElement: around, nodeValue } = walker.currentNode
      if (nodeValue && around && !around.closest('script,style,code') && around.checkVisibility()) texts.push(nodeValue)
    }
    for (const each of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) texts.push(each.getAttribute(name) ?? '')
    return texts
  })
  return lines.filter(line => english.test(line.replaceAll(/AI Call Service|ai-call-\d+/g, '')))
}

const pages = ['/inbox', '/live', '/people', '/rules', '/voice', '/try', '/overview', '/settings', '/welcome']

test('a German owner reads no English sentence, whatever was decided', async ({ page, service }, info) => {
  test.setTimeout(120_000)
  await enter(page, service.url, `heidi-${info.project.name}`)
  await fill(page.request, service.url)

  const found: Record<string, string[]> = {}
  for (const path of pages) {
    await page.goto(path)
    const left = await englishOn(page)
    if (left.length > 0) found[path] = left
  }
  const { calls } = await (await page.request.get(`${service.url}/api/v1/calls?limit=50`)).json()
  expect(calls).toHaveLength(callers.length)
  for (const { callId, callerNumber } of calls) {
    await page.goto(`/calls/${callId}`)
    await page
      .getByText('Verlauf')
      .click()
      .catch(() => {})
    const left = await englishOn(page)
    if (left.length > 0) found[callerNumber] = left
  }
  expect(found).toEqual({})
  await expect(page.getByRole('main')).toContainText(/Anruf|Anschluss/)
})

test('a German administrator reads no English sentence either', async ({ page, service, playwright }, info) => {
  test.setTimeout(120_000)
  await promote(playwright, service.url, await enter(page, service.url, `vroni-${info.project.name}`))
  await page.goto('/admin')
  await page.getByRole('button', { name: 'Jetzt sichern' }).click()
  await expect(page.getByText('Die Sicherung ist gemacht und geprüft.')).toBeVisible({ timeout: 60_000 })
  const found: Record<string, string[]> = {}
  for (const path of ['/admin', '/voice', '/overview']) {
    await page.goto(path)
    const left = await englishOn(page)
    if (left.length > 0) found[path] = left
  }
  expect(found).toEqual({})
})

test('a refusal is German beside its field', async ({ page, service }, info) => {
  await enter(page, service.url, `ursel-${info.project.name}`)
  await openAlive(page, '/voice')
  await page.getByLabel('Durchwahl oder Nummer von Ziel 1').fill('110')
  await page.getByRole('button', { name: 'Speichern' }).click()
  await expect(page.getByText('110 ist eine Notrufnummer: Dorthin lässt sich nicht durchstellen.')).toBeVisible()
  await openAlive(page, '/settings')
  await page.getByLabel('Neues Passwort').fill('password')
  await expect(page.getByText('Das Passwort muss mindestens 12 Zeichen lang sein')).toBeVisible()
})
