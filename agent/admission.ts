/**
 * How many conversations this machine holds. One place is kept for people the house knows; a caller holds two calls at most.
 * Without a place with ears a caller still gets the keys and a message; beyond what the media thread carries, the dialplan's
 * own fallback.
 */
export type Place = 'ears' | 'keys' | 'refused' | 'overflow'

export type Admission = {
  enter(call: symbol, callerKey: string, isKnown: boolean): Place
  leave(call: symbol): void
  readonly withEars: number
}

const mostOfOneCaller = 2

export function createAdmission(mostWithEars: number, most = 60): Admission {
  const present = new Map<symbol, { callerKey: string; place: Place }>()
  const withEars = () => [...present.values()].filter(({ place }) => place === 'ears').length

  return {
    enter(call, callerKey, isKnown) {
      const held = [...present.values()].filter(other => callerKey !== '' && other.callerKey === callerKey).length
      if (held >= mostOfOneCaller) return 'refused'
      if (present.size >= most) return 'overflow'
      const open = isKnown || mostWithEars <= 1 ? mostWithEars : mostWithEars - 1
      const place = withEars() < open ? 'ears' : 'keys'
      present.set(call, { callerKey, place })
      return place
    },
    leave(call) {
      present.delete(call)
    },
    get withEars() {
      return withEars()
    },
  }
}
