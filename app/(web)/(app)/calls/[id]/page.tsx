import { redirect } from 'next/navigation'

/** The short address of a call, as notifications and scripts write it. */
export default async function CallPage({ params }: { params: Promise<{ id: string }> }) {
  redirect(`/inbox/${encodeURIComponent(decodeURIComponent((await params).id))}`)
}
