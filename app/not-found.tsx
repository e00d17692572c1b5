import { NotFound } from './not-found-screen.tsx'

export default NotFound
