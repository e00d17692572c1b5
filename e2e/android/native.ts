import { globSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'

const origin = 'http://localhost'
const assets = 'mobile/dist'
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

type Message = {
  callbackId: string
  pluginId: string
  methodName: string
  options: Record<string, unknown>
  type?: string
}
export type NativeMethod = (options: Record<string, unknown>) => unknown
export type Native = Record<string, Record<string, NativeMethod>>

/** The plug-ins' names and methods as their Java sources declare them: a method that no Java has is missing here too. */
function readHeaders() {
  const sources = [
    ...globSync('android/app/src/main/java/**/*Plugin.java'),
    ...globSync('node_modules/{@capacitor,@aparajita}/*/android/src/main/java/**/*.java'),
    // Capacitor's own; it names plug-ins after their classes.
    ...globSync('node_modules/@capacitor/android/capacitor/src/main/java/com/getcapacitor/plugin/*.java'),
  ]
  return sources.flatMap(path => {
    const source = readFileSync(path, 'utf8')
    const name =
      /@CapacitorPlugin\([^)]*name\s*=\s*"(\w+)"/.exec(source)?.[1] ??
      /@CapacitorPlugin\s+public class (\w+)/.exec(source)?.[1]
    if (!name) return []
    const methods = [...source.matchAll(/@PluginMethod(?:\(([^)]*)\))?\s+public void (\w+)\(/g)].map(
      ([, options, method]) => ({
        name: method!,
        rtype: /RETURN_(\w+)/.exec(options ?? '')?.[1]?.toLowerCase() ?? 'promise',
      }),
    )
    const own = ['addListener', 'removeListener', 'removeAllListeners'].map(method => ({
      name: method,
      rtype: method === 'addListener' ? 'callback' : 'promise',
    }))
    return [
      { name, methods: [...methods, ...own.filter(({ name: each }) => !methods.some(method => method.name === each))] },
    ]
  })
}

/**
 * Makes a browser context the Android app: Capacitor's own native-bridge.js, the headers of the real plug-ins, assets
 * under Capacitor's routing rule (a path without a dot is index.html), and `native` as the Java side. Returns a way to
 * send plug-in events and what was asked of whom.
 */
export async function installNative(context: BrowserContext, native: Native) {
  const headers = readHeaders()
  const calls: string[] = []
  const listeners = new Map<string, { page: Page; callbackId: string }[]>()

  await context.exposeBinding('__postToNative', async ({ page }, text: string) => {
    const message = JSON.parse(text) as Message
    if (message.type === 'js.error' || !message.pluginId) return
    const { callbackId, pluginId, methodName, options } = message
    calls.push(`${pluginId}.${methodName}`)
    const answer = (result: object) =>
      page.evaluate(
        result =>
          (globalThis as unknown as { Capacitor: { fromNative(r: object): void } }).Capacitor.fromNative(result),
        {
          callbackId,
          pluginId,
          methodName,
          ...result,
        },
      )
    if (methodName === 'addListener') {
      const key = `${pluginId}.${options.eventName}`
      listeners.set(key, [...(listeners.get(key) ?? []), { page, callbackId }])
      return
    }
    if (methodName === 'removeListener') {
      const key = `${pluginId}.${options.eventName}`
      const left = (listeners.get(key) ?? []).filter(each => each.callbackId !== options.callbackId)
      listeners.set(key, left)
      return
    }
    if (methodName === 'removeAllListeners') return
    if (!headers.some(({ name, methods }) => name === pluginId && methods.some(method => method.name === methodName))) {
      return answer({
        success: false,
        error: { message: `${pluginId}.${methodName} is in no Java source`, code: 'UNIMPLEMENTED' },
      })
    }
    try {
      const data = await native[pluginId]?.[methodName]?.(options ?? {})
      await answer({ success: true, data: data ?? {} })
    } catch (error) {
      await answer({ success: false, error: { message: error instanceof Error ? error.message : String(error) } })
    }
  })

  const bridge = readFileSync('node_modules/@capacitor/android/capacitor/src/main/assets/native-bridge.js', 'utf8')
  await context.addInitScript(`
    window.androidBridge = { postMessage: text => window.__postToNative(text) };
    window.Capacitor = { DEBUG: false, isLoggingEnabled: false, Plugins: {} };
    window.WEBVIEW_SERVER_URL = '${origin}';
    ${bridge};
    window.Capacitor.PluginHeaders = ${JSON.stringify(headers)};
  `)

  await context.route(`${origin}/**`, route => {
    const { pathname } = new URL(route.request().url())
    const file = pathname.includes('.') ? pathname : '/index.html'
    const path = join(assets, file)
    return route
      .fulfill({ path, contentType: types[extname(path)] ?? 'application/octet-stream' })
      .catch(() => route.fulfill({ status: 404 }))
  })

  return {
    origin,
    calls,
    async send(pluginId: string, event: string, data: object) {
      for (const { page, callbackId } of listeners.get(`${pluginId}.${event}`) ?? []) {
        await page.evaluate(
          result =>
            (globalThis as unknown as { Capacitor: { fromNative(r: object): void } }).Capacitor.fromNative(result),
          { callbackId, pluginId, methodName: 'addListener', save: true, success: true, data },
        )
      }
    },
  }
}
