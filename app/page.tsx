import { redirect } from 'next/navigation'
import { viewer } from './viewer.ts'

/** The front door: in, or to the sign-in. Scripts never come here, they get JSON before. */
export default async function FrontDoor() {
  redirect((await viewer()) ? '/inbox' : '/login')
}
