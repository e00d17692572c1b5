/**
 * What everything of this service is called in Asterisk: the application, and the contexts, endpoints and recordings that
 * begin with its name. Two services share one Asterisk when ASTERISK_APP names them differently.
 */
export function namesOf(app: string) {
  return {
    /** Where calls come in from a trunk. */
    incoming: `${app}-in`,
    /** Hands a call to the application. */
    answer: `${app}-answer`,
    /** Takes it when the assistant is away. */
    fallback: `${app}-fallback`,
    /** Reaches everything that is no registered phone of this Asterisk. */
    destinations: `${app}-destinations`,
    phones: `${app}-phones`,
    /** An echo, for the doctor. */
    doctor: `${app}-doctor`,
    trunk: `${app}-trunk`,
    transport: `${app}-udp`,
    /** What the fallback's messages begin with. */
    messages: `${app}-fallback~`,
  } as const
}
