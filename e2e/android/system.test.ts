import { readFileSync } from 'node:fs'
import { expect as see } from '@playwright/test'
import { describe, expect, it } from 'vitest'
import { java } from './java.ts'
import { addPerson, api, connect, context, page, phone, setUpPhone, signIn, web } from './world.ts'

setUpPhone()

describe('the calls of the phone itself', () => {
  it('are off until their owner agrees, and use a key that can do nothing else', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await page.goto(`${phone.origin}/#/settings`)
    await page.reload()
    await page.getByLabel('Decides about calls').click()
    await see(page.getByText('Send calls of this phone to your server?')).toBeVisible()
    expect(java.screening.isConnected).toBe(false)
    await page.getByRole('button', { name: 'Agree' }).click()
    await see(page.getByRole('button', { name: 'Ask the server' })).toBeVisible()
    await expect.poll(() => java.screening.mode).toBe('screen')
    expect((await api('/user/calls', { key: java.screening.key! })).status).toBe(403)
    expect((await api('/user/profile', { key: java.screening.key! })).status).toBe(403)

    await page.getByLabel('Phone number').fill('+49301234567')
    await page.getByRole('button', { name: 'Ask the server' }).click()
    await see(page.getByText(/The phone would ring|without a sound|would be declined/)).toBeVisible()
  })
})

describe('the system around the app', () => {
  it('opens a call from a link, and goes back with the back button', async () => {
    const person = await addPerson()
    await api('/call/incoming', {
      key: person.api_key,
      body: { call_id: 'deep-1', caller_number: '+4930111222', called_number: '100' },
    })
    await connect()
    await signIn(person.username)
    await phone.send('App', 'appUrlOpen', { url: 'aicall://calls/deep-1' })
    await see(page).toHaveURL(/#\/inbox\/deep-1$/)
    await phone.send('App', 'backButton', { canGoBack: true })
    await see(page).toHaveURL(/#\/inbox$/)
    await phone.send('App', 'backButton', { canGoBack: false })
    await expect.poll(() => phone.calls).toContain('App.minimizeApp')
  })

  it('closes an open dialog with the back button before anything else', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    await page.goto(`${phone.origin}/#/settings`)
    await page.reload()
    await page.getByLabel('Hears about calls').click()
    const dialog = page.getByRole('alertdialog')
    await see(dialog).toBeVisible()
    await phone.send('App', 'backButton', { canGoBack: true })
    await see(dialog).toBeHidden()
    await see(page).toHaveURL(/#\/settings$/)
    expect(java.screening.mode).toBe('off')
  })

  it('reads the list again when it is pulled down from its top', async () => {
    const person = await addPerson()
    await connect()
    await signIn(person.username)
    let read = 0
    await context.route(`${web.url}/api/v1/calls?*`, route => {
      read++
      return route.continue()
    })
    const finger = await context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 195, y }] })
    const pull = async (to: number) => {
      await touch('touchStart', 300)
      for (let y = 310; y <= to; y += 10) await touch('touchMove', y)
      await touch('touchEnd')
    }
    await pull(330)
    expect(read).toBe(0)
    await pull(430)
    await expect.poll(() => read).toBeGreaterThan(0)
  })

  it('tells the bars to follow when the system turns dark', async () => {
    await connect()
    await see(page.getByLabel('Username or e-mail')).toBeVisible()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => phone.calls).toContain('SystemBars.setStyle')
  })

  it('calls no native method that no Java source has', async () => {
    const sources = 'android/app/src/main/java/app/aicallservice/android'
    for (const [ours, plugin] of [
      ['mobile/call-screen.ts', 'callscreen/CallScreenPlugin.java'],
      ['mobile/news.ts', 'news/NewsPlugin.java'],
    ] as const) {
      const java = readFileSync(`${sources}/${plugin}`, 'utf8')
      for (const [, method] of readFileSync(ours, 'utf8').matchAll(/^ {2}(\w+)\(/gm))
        if (method !== 'addListener') expect(java).toMatch(new RegExp(`@PluginMethod\\s+public void ${method}\\(`))
    }
  })
})
