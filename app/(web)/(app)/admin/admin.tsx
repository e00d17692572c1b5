'use client'

export { AdminScreen as Admin } from '#ui/screens/admin/admin-screen.tsx'
