import NextAuth from 'next-auth'
import Credentials from 'next-auth/providers/credentials'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { log } from '../log.ts'
import { cookieSecret, secureCookie } from './cookie.ts'
import { actorOfCookies, isSessionOpen } from './identity.ts'
import { logout, rememberedLifeS } from './sessions.ts'
import { signIn } from './sign-in.ts'

const Given = z.object({ username: z.string().max(320), password: z.string().max(1024) })

/**
 * next-auth over the same accounts. Pages sign in by POST /api/v1/sign-in, which makes the same cookie and knows the client's
 * address; this answers /api/auth (session, csrf, providers, sign-out, and sign-in for whoever uses next-auth's own client).
 * Made for each request, because whether the cookie is the secure one depends on how the browser came.
 */
export const { handlers, auth } = NextAuth(request => ({
  trustHost: true,
  basePath: '/api/auth',
  secret: cookieSecret(),
  session: { strategy: 'jwt', maxAge: rememberedLifeS },
  useSecureCookies: request ? isSecure(request) : false,
  pages: { signIn: '/login' },
  // A wrong password and a damaged cookie are the visitor's business; what next-auth cannot do is ours.
  logger: {
    error: error => log[isFault(error) ? 'error' : 'debug']({ err: error }, 'next-auth'),
    warn: code => log.warn({ code }, 'next-auth'),
    debug: () => {},
  },
  providers: [
    Credentials({
      credentials: { username: {}, password: { type: 'password' } },
      async authorize(given, { headers }) {
        const parsed = Given.safeParse(given)
        if (!parsed.success) return null
        const { username, password } = parsed.data
        const client = { address: 'next-auth', userAgent: headers.get('user-agent') ?? '' }
        const outcome = await signIn({ username, password }, { kind: 'web', remember: false, client }).catch(refused)
        // A second factor is asked for by our own sign-in page only.
        if (outcome === null || outcome.needs !== null) return null
        return { id: String(outcome.user.id), name: outcome.user.username, sid: outcome.sessionId }
      },
    }),
  ],
  callbacks: {
    /** Null, and with it no session, once the row of the session has ended. */
    async jwt({ token, user }) {
      const sid = (user as { sid?: unknown } | undefined)?.sid ?? token.sid
      return typeof sid === 'string' && (await isSessionOpen(sid)) ? { ...token, sid } : null
    },
    session({ session, token }) {
      return { ...session, user: { ...session.user, id: token.sub ?? '' } }
    },
  },
  events: {
    async signOut() {
      const header = request?.headers.get('cookie')
      const actor = header ? await actorOfCookies(header) : null
      if (actor) await logout(actor)
    },
  },
}))

type Incoming = { headers: Headers; nextUrl: { protocol: string } }

function isSecure(request: Incoming): boolean {
  return (request.headers.get('cookie') ?? '').includes(`${secureCookie}=`) || request.nextUrl.protocol === 'https:'
}

/**
 * Faults of ours. Everything else any visitor can cause, with a made-up address, a form without its token, an old cookie.
 * By type, because the names of classes do not survive the build.
 */
const faults = new Set(['CallbackRouteError', 'EventError', 'MissingSecret', 'SignOutError'])
const isFault = (error: Error) => 'type' in error && faults.has(String(error.type))

function refused(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}
