'use client'

export { LoginScreen as Login } from '#ui/screens/account/login-screen.tsx'
