'use client'

export { LiveScreen as Live } from '#ui/screens/live/live-screen.tsx'
