'use client'

export { TryScreen as Try } from '#ui/screens/try/try-screen.tsx'
