'use client'

export { InboxScreen as Inbox } from '#ui/screens/inbox/inbox-screen.tsx'
