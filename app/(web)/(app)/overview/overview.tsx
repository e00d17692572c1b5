'use client'

export { OverviewScreen as Overview } from '#ui/screens/overview/overview-screen.tsx'
