'use client'

export { RegisterScreen as SetUp } from '#ui/screens/account/register-screen.tsx'
export { SetUpClosed } from '#ui/screens/account/setup-closed.tsx'
