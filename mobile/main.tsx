import { App as Shell } from '@capacitor/app'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createHashPlatform } from '#ui/platform/hash.tsx'
import { PlatformProvider } from '#ui/platform/port.ts'
import '#ui/strings/areas/all.ts'
import { StringsProvider } from '#ui/strings/provider.tsx'
import { App } from './app.tsx'
import { readLink } from './links.ts'
import { forgetPerson, person } from './person.ts'
import { ConnectScreen } from './screens/connect-screen.tsx'
import { forgetServer, readServer, saveServer } from './server-address.ts'
import { bearerSession } from './session.ts'
import './shell.css'
import { createTokens } from './tokens.ts'
import { keystore } from './vault.ts'

const language = navigator.language.startsWith('de') ? 'de' : 'en'
const root = createRoot(document.getElementById('app')!)
document.documentElement.lang = language

/** Everything begins with the server's address; tokens belong to one server. */
async function start() {
  const server = await readServer()
  if (server === null) return showConnect(await offeredServer())
  const tokens = createTokens(server, keystore)
  const session = bearerSession(tokens, person)
  const platform = createHashPlatform({ serverUrl: server, tokens, session })
  async function changeServer() {
    await tokens.end()
    await forgetPerson()
    await forgetServer()
    window.location.reload()
  }
  await openLaunchLink()
  root.render(
    <StrictMode>
      <StringsProvider language={language}>
        <PlatformProvider value={platform}>
          <App isSignedIn={(await tokens.read()) !== null} onChangeServer={() => void changeServer()} />
        </PlatformProvider>
      </StringsProvider>
    </StrictMode>,
  )
}

/** The address in the link that opened the app: the QR code on the dashboard. */
async function offeredServer(): Promise<string> {
  const link = await Shell.getLaunchUrl()
  const goal = link?.url ? readLink(link.url) : null
  return goal && 'server' in goal ? goal.server : ''
}

/** The link that started the app, once: a page that is loaded again stays where it was. */
async function openLaunchLink() {
  const link = await Shell.getLaunchUrl()
  if (!link?.url || sessionStorage.getItem('launch') === link.url) return
  sessionStorage.setItem('launch', link.url)
  const goal = readLink(link.url)
  if (goal && 'path' in goal) window.history.replaceState(null, '', `#${goal.path}`)
}

// A code that is scanned while the app stands open counts before the first connection only: no link changes the server.
void Shell.addListener('appUrlOpen', async ({ url }) => {
  const goal = readLink(url)
  if (goal && 'server' in goal && (await readServer()) === null) showConnect(goal.server)
})

function showConnect(offered: string) {
  const platform = createHashPlatform({ serverUrl: '', tokens: noTokens, session: noSession })
  root.render(
    <StrictMode>
      <StringsProvider language={language}>
        <PlatformProvider value={platform}>
          <ConnectScreen
            key={offered}
            offered={offered}
            onConnected={async address => {
              await saveServer(address)
              await start()
            }}
          />
        </PlatformProvider>
      </StringsProvider>
    </StrictMode>,
  )
}

const noTokens = { read: async () => null, renew: async () => null }
const noSession = bearerSession(createTokens('', keystore), { arrives: async () => {}, leaves: async () => {} })

await start()
