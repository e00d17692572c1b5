'use client'

export { RegisterScreen as Register } from '#ui/screens/account/register-screen.tsx'
