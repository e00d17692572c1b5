export { catalogue } from './catalogue.ts'
export { openApiDocument } from './document.ts'
export { docsPage } from './page.ts'
