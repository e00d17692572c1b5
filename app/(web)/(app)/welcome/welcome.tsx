'use client'

export { WelcomeScreen as Welcome } from '#ui/screens/welcome/welcome-screen.tsx'
