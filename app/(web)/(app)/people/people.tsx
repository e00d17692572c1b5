'use client'

export { PeopleScreen as People } from '#ui/screens/people/people-screen.tsx'
