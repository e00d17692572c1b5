import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import type { PasskeyDto, SignInAnswer } from '#lib/accounts/contract.ts'
import type { Client } from './client.ts'

type Challenge<Options> = { ticket: string; options: Options }

/** Signs in with a key that lives in the device. Loaded only when somebody asks for it. */
export async function signInWithPasskey(client: Client, remember: boolean): Promise<SignInAnswer> {
  const { ticket, options } = await client.post<Challenge<PublicKeyCredentialRequestOptionsJSON>>(
    '/api/v1/sign-in/passkey/options',
  )
  const credential = await startAuthentication({ optionsJSON: options })
  return client.post<SignInAnswer>('/api/v1/sign-in/passkey', { body: { ticket, credential, remember } })
}

/** The password is asked for: a key signs in by itself. */
export async function addPasskey(client: Client, name: string, password: string): Promise<PasskeyDto> {
  const { ticket, options } = await client.post<Challenge<PublicKeyCredentialCreationOptionsJSON>>(
    '/api/v1/passkeys/options',
    { body: { password } },
  )
  const credential = await startRegistration({ optionsJSON: options })
  return client.post<PasskeyDto>('/api/v1/passkeys', { body: { ticket, name, credential } })
}
